"""Change events from machines: the key of an integration finds the team, the event becomes a release or a change."""

import json
from datetime import datetime

from oncall.exceptions import KeyUnknown
from oncall.services import intake
from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.domain.change_events import BadChange, Change
from slo.models import Release
from slo.services import releases

READER = Actor.system("change events")
NOTES = 4000
UNKNOWN_KEY = "'routing_key' is unknown or was revoked"
NO_SERVICE = "'payload.custom_details.service' must name a service of the team that has this key"


def take_change(*, routing_key: str, change: Change, now: datetime) -> Release:
    """Records the change at the integration's service, or at the one of its team that the event names.

    With an `external_id` in its details a repeat records nothing.
    """
    try:
        integration = intake.integration_of(routing_key, now)
    except KeyUnknown as error:
        raise BadChange([UNKNOWN_KEY]) from error
    service = _service(integration.service_id, integration.team_id, change)
    try:
        return releases.record_release(
            actor=Actor.system(f"integration {integration.name}"),
            service=service,
            version=change.version,
            now=now,
            kind=change.kind,
            environment=change.environment,
            started_at=change.at,
            commit=change.commit,
            author=change.author,
            url=change.url,
            external_id=change.external_id,
            notes=_notes(change),
        )
    except Invalid as error:
        raise BadChange([f"'{name}': {' '.join(texts)}" for name, texts in error.fields.items()]) from error


def _service(service_id: int | None, team_id: int, change: Change) -> Service:
    of_team = catalog.services(READER).filter(team_id=team_id)
    wanted = {change.service, change.source} - {""}
    named = of_team.filter(slug=change.service) if change.service else of_team.filter(slug__in=wanted)
    found = named.first() or (of_team.filter(pk=service_id).first() if service_id and not change.service else None)
    if found is None:
        raise BadChange([NO_SERVICE])
    return found


def _notes(change: Change) -> str:
    """The summary and the details, as somebody reads them."""
    details = [f"{name}: {json.dumps(value, ensure_ascii=True)}" for name, value in change.details.items()]
    return "\n".join([change.summary, *details]).replace("\0", "")[:NOTES]
