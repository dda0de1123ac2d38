"""The motifs of the embedded network, shown: a page with pictures of each."""
