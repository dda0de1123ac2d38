"""Finding a layer by looking: one picture dreamed through many, on a contact sheet."""
