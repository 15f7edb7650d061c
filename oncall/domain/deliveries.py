"""What providers call back about a page, in their words, and what it means."""

ARRIVED = frozenset({"delivered", "read", "answered", "completed", "acknowledged"})
LOST = frozenset({"undelivered", "failed", "busy", "no-answer", "canceled", "expired"})
KNOWN = ARRIVED | LOST | {"accepted", "queued", "sending", "sent", "initiated", "ringing", "in-progress", "called_back"}


def is_final(word: str) -> bool:
    """Whether nothing that comes later can change it; callbacks arrive in any order."""
    return word in ARRIVED or word in LOST


def next_word(present: str, told: str) -> str:
    """What became of a page after one more callback."""
    return present if is_final(present) and told != "acknowledged" else told
