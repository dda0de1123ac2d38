"""Networks: which there are, what their layers are called, where their weights lie."""
