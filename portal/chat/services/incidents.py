"""Declaring incidents and writing into them."""

import re

from incidents.selectors import Incident
from incidents.services import incidents, timeline, updates
from portal.accounts.domain.roles import Role
from portal.catalog import selectors as catalog
from portal.chat.domain.commands import Command
from portal.chat.domain.replies import Reply, plain
from portal.chat.selectors.places import is_incident_number, open_incident_of, place_of
from portal.chat.services.asker import Asker
from portal.lib.errors import Invalid

SEVERITY = re.compile(r"(?:sev-?)?([1-4])", re.IGNORECASE)
EXAMPLE = "Say how bad, where and what: `incident sev2 checkout The cart is gone`."


def incident(asker: Asker, command: Command) -> Reply:
    """Opens an incident of a service or team; the asker commands it."""
    if len(command.words) < 3:
        raise Invalid(EXAMPLE)
    level = SEVERITY.fullmatch(command.words[0])
    if level is None:
        raise Invalid(f"{plain(command.words[0])} is no severity. {EXAMPLE}")
    place = place_of(asker.actor, command.words[1])
    asker.actor.require(Role.RESPONDER, place.team_id)
    service = catalog.services_by_id([place.service_id])[place.service_id] if place.service_id else None
    made = incidents.declare(
        actor=asker.actor,
        title=command.rest(2)[:200],
        severity=int(level[1]),
        service=service,
        team_id=place.team_id,
        now=asker.now,
    )
    return Reply(
        f"INC-{made.number} is declared, SEV{made.severity}: {plain(made.title)}. {plain(asker.user)} commands.",
        is_public=True,
    )


def note(asker: Asker, command: Command) -> Reply:
    """Writes a line into the timeline of an open incident."""
    incident_of, text = _named(asker, command)
    timeline.add_note(actor=asker.actor, incident=incident_of, text=text, now=asker.now)
    return Reply(f"Noted on INC-{incident_of.number}.")


def update(asker: Asker, command: Command) -> Reply:
    """Tells the stakeholders of an open incident; internal, never the public page."""
    incident_of, text = _named(asker, command)
    made = updates.post_update(actor=asker.actor, incident=incident_of, text=text, now=asker.now)
    due = f" The next one is due at {asker.local(made.next_due_at)}." if made.next_due_at else ""
    return Reply(f"Posted on INC-{incident_of.number}.{due}", is_public=True)


def _named(asker: Asker, command: Command) -> tuple[Incident, str]:
    named = bool(command.words) and is_incident_number(command.words[0])
    text = command.rest(1) if named else command.text
    if not text:
        raise Invalid(f"Say what: `{command.verb} INC-12 The cart is back`.")
    return open_incident_of(asker.actor, command.words[0] if named else ""), text
