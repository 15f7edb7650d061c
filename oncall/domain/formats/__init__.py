"""How senders write: one module a format, each a pure function from what was sent to signals."""
