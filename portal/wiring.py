"""All wires between the apps, in one place. An app that offers something is connected here to the one that shows or uses it."""


def connect() -> None:
    """Registers every connection; calling it again changes nothing."""
