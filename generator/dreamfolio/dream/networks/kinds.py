"""The kinds of layers whose output shows something of its own, by the names of Keras's classes."""

ACTIVATIONS = frozenset(
    {"Activation", "ELU", "GELU", "LeakyReLU", "PReLU", "ReLU", "SiLU", "ThresholdedReLU"}
)

MERGES = frozenset({"Add", "Average", "Concatenate", "CustomScaleLayer", "Maximum"})
"""Where branches meet. A product is none: it gates one branch by another."""
