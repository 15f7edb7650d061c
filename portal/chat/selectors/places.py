"""What people mean by a name in a chat: a service, a team, a schedule, an alert, an incident."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from incidents import selectors as incident_reads
from oncall.selectors import alerts as alert_reads
from oncall.selectors import schedules as schedule_reads
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.chat.domain.replies import plain
from portal.lib.errors import Invalid, NotFound

MOST = 8
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Whom to ask: a team, perhaps for one of its services or one of its schedules."""

    label: str
    team_id: int
    service_id: int | None = None
    schedule_id: str = ""
    runbook_url: str = ""


def place_of(actor: Actor, words: str) -> Place:
    """The service, team or schedule of that name, in this order; Invalid says what there is."""
    wanted = words.strip().casefold()
    services = list(catalog.services(actor))
    teams = list(people.teams(actor))
    schedules = list(schedule_reads.schedules(actor))
    for service in services:
        if wanted in {service.slug.casefold(), service.name.casefold()}:
            return Place(service.name, service.team_id, service.pk, runbook_url=service.runbook_url)
    for team in teams:
        if wanted in {team.slug.casefold(), team.name.casefold()}:
            return Place(team.name, team.pk)
    for schedule in schedules:
        if wanted in {schedule.public_id.casefold(), schedule.name.casefold()}:
            return Place(schedule.name, schedule.team_id, schedule_id=schedule.public_id)
    names = [one.slug for one in services] + [one.slug for one in teams]
    raise Invalid(f"There is no service, team or schedule {plain(words)}. {_some(names)}")


def open_alert_of(actor: Actor, words: str, *, firing_only: bool = False) -> Any:
    """The open alert whose id begins with `words`, with or without `alt_`; without words the only one there is."""
    found = alert_reads.open_alerts(actor).filter(lead=None)
    if not words:
        found = found.filter(team_id__in=actor.team_ids)
        found = found.filter(status="firing") if firing_only else found
        return _only(list(found[: MOST + 1]), "open alert", "id")
    beginning = words.strip().removeprefix("alt_")
    if len(beginning) < SHORTEST:
        raise Invalid(f"Give at least {SHORTEST} letters of the alert's id, such as `ack alt_k3j9`.")
    return _only(list(found.filter(public_id__startswith=f"alt_{beginning}")[:2]), "open alert", "id")


def open_incident_of(actor: Actor, words: str) -> Any:
    """The open incident `INC-12` or `12`; without words the only one there is."""
    found = incident_reads.incidents(actor).open()
    number = words.upper().removeprefix("INC-").removeprefix("#")
    if not words:
        return _only(list(found[: MOST + 1]), "open incident", "number")
    one = found.filter(number=int(number)).first() if number.isascii() and number.isdecimal() else None
    if one is None:
        raise NotFound(f"There is no open incident {plain(words)}, or you may not see it.")
    return one


def is_incident_number(word: str) -> bool:
    """Whether a word names an incident: `INC-12` or `#12`."""
    number = word.upper().removeprefix("INC-").removeprefix("#")
    return number != word.upper() and number.isascii() and number.isdecimal() and len(number) < 10


def _only(found: list[Any], what: str, handle: str) -> Any:
    if not found:
        raise NotFound(f"There is no {what} of this kind, or you may not see it.")
    if len(found) > 1:
        raise Invalid(f"There is more than one {what}; give its {handle}. {_some(_handles(found))}")
    return found[0]


def _handles(found: Iterable[Any]) -> list[str]:
    return [getattr(one, "public_id", "") if not hasattr(one, "number") else f"INC-{one.number}" for one in found]


def _some(names: list[str]) -> str:
    shown = ", ".join(plain(name) for name in names[:MOST])
    return f"There are: {shown}{' and others' if len(names) > MOST else ''}." if shown else "You can see none yet."
