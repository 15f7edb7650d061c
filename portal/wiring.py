"""All wires between the apps: whoever offers something is connected here to the one that shows or uses it."""


def connect() -> None:
    """Registers every connection; calling it again changes nothing."""
