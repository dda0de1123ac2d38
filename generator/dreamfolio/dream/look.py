"""The version of the engine's look: part of every variant's key.

Raise it only when the same recipe gives visibly other pixels, since then every variant of every
portfolio is dreamed again.
"""

LOOK = 2
