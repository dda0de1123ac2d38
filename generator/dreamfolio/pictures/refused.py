"""Pictures that are not taken, though they could be read."""


class Refused(Exception):
    """A picture that could be read and is not taken: what is wrong, and how to mend it."""
