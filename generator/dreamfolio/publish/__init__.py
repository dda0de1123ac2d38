"""What others get to see: the README's tables, and the site."""
