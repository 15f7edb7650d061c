"""The states of a postmortem and which may follow which."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    CLOSED = "closed"


CHOICES = [(state.value, state.value.replace("_", " ").capitalize()) for state in State]
_NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.IN_REVIEW}),
    State.IN_REVIEW: frozenset({State.DRAFT, State.APPROVED}),
    State.APPROVED: frozenset({State.DRAFT, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.PUBLISHED}),
}


def may_follow(before: str, after: str) -> bool:
    """Whether `after` may come next: published documents are never unpublished, closed ones may open again."""
    return State(after) in _NEXT[State(before)]
