"""The three roles that a person or a service account can have in a team."""

from enum import StrEnum


class Role(StrEnum):
    """VIEWER < RESPONDER < MANAGER; each role may do all that the lower ones may.

    A role is stored and shown as its word, and compares by rank, also with a word that comes from the database.
    """

    VIEWER = "viewer"
    RESPONDER = "responder"
    MANAGER = "manager"

    @property
    def rank(self) -> int:
        """0 for a viewer, 2 for a manager."""
        return _ORDER.index(self.value)

    def __lt__(self, other: str) -> bool:
        return self.rank < Role(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Role(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Role(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Role(other).rank


_ORDER = ("viewer", "responder", "manager")
CHOICES = [(role.value, role.value.capitalize()) for role in Role]
MEANING = {
    Role.VIEWER: "reads everything of the team",
    Role.RESPONDER: "creates and edits links, acknowledges, runs incidents, writes postmortems",
    Role.MANAGER: "manages schedules, policies, SLOs, services, members and tokens as well",
}
