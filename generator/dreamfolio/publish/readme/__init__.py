"""The tables between a README's markers, and their thumbnails."""
