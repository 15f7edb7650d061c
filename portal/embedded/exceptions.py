"""What `./run` says when the machine around it is not as it must be."""


class SurroundingsError(Exception):
    """One clear sentence for the person at the terminal; `./run` prints it and exits with code 2."""
