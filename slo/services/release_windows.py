"""Setting and removing release windows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from portal.lib.public_holidays import parts_of
from slo.domain import calendar_json
from slo.domain.release_windows import Calendar
from slo.models import ReleaseWindow
from slo.selectors.release_windows import Owner, own_window


@transaction.atomic
def set_window(*, actor: Actor, owner: Owner, definition: Mapping[str, Any], now: datetime) -> ReleaseWindow:
    """Releases of a service, or of a team, are welcome at these hours from now on. The same again changes nothing."""
    wanted = calendar_json.as_json(checked(definition))
    row = _locked(owner, now)
    if row.definition == wanted:
        return row
    before, row.definition, row.updated_at = row.definition, wanted, now
    row.version += 1
    row.save()
    audit.record(actor=actor, action="release_window.set", target=row, before=before, after=wanted, now=now)
    return row


@transaction.atomic
def remove_window(*, actor: Actor, owner: Owner, now: datetime) -> None:
    """A service goes by its team's window again, a team by none. Twice is once."""
    row = own_window(owner)
    if row is None:
        return
    audit.record(actor=actor, action="release_window.removed", target=row, before=row.definition, after={}, now=now)
    row.delete()


def checked(definition: Mapping[str, Any]) -> Calendar:
    """The calendar of plain data; Invalid with all that is wrong, unknown countries and parts of them included."""
    try:
        calendar = calendar_json.parse(definition)
    except calendar_json.BadCalendar as error:
        raise Invalid(fields=error.fields) from error
    parts = parts_of(calendar.country) if calendar.country else ()
    if parts is None:
        raise Invalid(fields={"country": ["No holidays are known for this country; give its two letters, such as AT."]})
    if calendar.subdivision and calendar.subdivision not in parts:
        offered = ", ".join(parts) or "none"
        raise Invalid(
            fields={"subdivision": [f"Choose one of the parts of {calendar.country or 'a country'}: {offered}."]}
        )
    return calendar


def _locked(owner: Owner, now: datetime) -> ReleaseWindow:
    if isinstance(owner, Service):
        Service.objects.select_for_update().get(pk=owner.pk)
        team, service = owner.team, owner
    else:
        Team.objects.select_for_update().get(pk=owner.pk)
        team, service = owner, None
    return own_window(owner) or ReleaseWindow(team=team, service=service, created_at=now, updated_at=now, version=0)
