"""Who asks from the chat, and when."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import actors


@dataclass(frozen=True, slots=True)
class Asker:
    """A linked person: acts with their own roles. `request_key` is the chat's own id of the request, for repeats."""

    actor: Actor
    user: User
    now: datetime
    request_key: str = ""

    def local(self, at: datetime) -> str:
        """An instant on the asker's clock."""
        zone = ZoneInfo(self.user.time_zone)
        there = at.astimezone(zone)
        shape = "%H:%M" if there.date() == self.now.astimezone(zone).date() else "%a %d %b %H:%M"
        return f"{there:{shape}} {there.tzname()}"


def asker_for(user: User, *, provider: str, request_key: str, request_id: str, now: datetime) -> Asker:
    """The person as an author whose entries say that they came by chat."""
    actor = actors.actor_for_user(user, request_id=request_id)
    return Asker(replace(actor, label=f"{actor.label} ({provider.capitalize()})"), user, now, request_key)
