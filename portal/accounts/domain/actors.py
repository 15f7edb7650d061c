"""Who does something: a person, a service account, the portal itself, or nobody known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.accounts.domain.roles import Role
from portal.accounts.domain.scopes import ADMIN
from portal.lib.errors import PermissionDenied

USER = "user"
SERVICE_ACCOUNT = "service_account"
SYSTEM = "system"
ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Actor:
    """One author of reads and writes, with all that a permission needs, so that no check asks the database.

    `roles` maps team ids to roles. `scopes` is None for a browser session, which no scope narrows.
    `only_team_id` is the team that a restricted token is held to: nothing outside it is visible.
    """

    kind: str
    label: str
    user_id: int | None = None
    token_id: int | None = None
    roles: Mapping[int, Role] = field(default_factory=dict, hash=False)
    is_administrator: bool = False
    scopes: frozenset[str] | None = None
    request_id: str = ""
    service_account_id: int | None = None
    only_team_id: int | None = None
    address: str | None = None

    @classmethod
    def system(cls, label: str) -> "Actor":
        """A part of the portal that acts by itself, such as the pager: it may everything."""
        return cls(kind=SYSTEM, label=label, is_administrator=True)

    @classmethod
    def anonymous(cls, request_id: str = "", address: str | None = None) -> "Actor":
        """Somebody who is not signed in: may nothing."""
        return cls(kind=ANONYMOUS, label="anonymous", scopes=frozenset(), request_id=request_id, address=address)

    @property
    def is_known(self) -> bool:
        """Whether this is anybody at all; an anonymous visitor is not."""
        return self.kind != ANONYMOUS

    @property
    def key(self) -> str:
        """A stable short name of the caller, for rate limits and idempotency."""
        if self.token_id is not None:
            return f"token:{self.token_id}"
        return f"{self.kind}:{self.user_id or self.service_account_id or self.label}"

    @property
    def team_ids(self) -> frozenset[int]:
        """The teams in which this actor has a role."""
        return frozenset(self.roles)

    def may(self, role: Role, team_id: int | None) -> bool:
        """Whether this actor has at least `role` in the team; an object without a team is for administrators."""
        if self.is_administrator:
            return True
        held = self.roles.get(team_id) if team_id is not None else None
        return held is not None and held >= role

    def require(self, role: Role, team_id: int | None) -> None:
        """Raises PermissionDenied unless `may(role, team_id)`."""
        if not self.may(role, team_id):
            raise PermissionDenied(f"This needs the role {role.value} in the team.")

    def require_administrator(self) -> None:
        """Raises PermissionDenied for anybody but administrators."""
        if not self.is_administrator:
            raise PermissionDenied("This is for administrators.")

    def has_scope(self, scope: str) -> bool:
        """Whether the token was given `scope`; a session has all of them, and so has a token with `admin`."""
        return self.scopes is None or scope in self.scopes or ADMIN in self.scopes
