"""``pocket``: the network dreamfolio ships itself, trained only on pictures made by formula."""

EMBEDDED = "pocket"
"""Its name."""

BEST_LAYER = "stage4_3"
"""The layer whose dreams most pictures gain by."""
