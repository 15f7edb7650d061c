"""Change events from machines: the key of an integration finds the team, the event becomes a release or a change."""

import json
from datetime import datetime

from django.db import transaction

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
CHANGE = "change"
UNKNOWN_KEY = "'routing_key' is unknown or was revoked"
NO_SERVICE = "'payload.custom_details.service' must name a service of the team that has this key"


@transaction.atomic
def take_change(*, routing_key: str, change: Change, now: datetime) -> list[Release]:
    """Records the change at the integration's service, or at the one of its team that the event names.

    Where neither says a service, it may be behind the trouble of any: it is a change, and no release, at each of the
    team's. With an `external_id` in its details a repeat records nothing.
    """
    try:
        integration = intake.integration_of(routing_key, now)
    except KeyUnknown as error:
        raise BadChange([UNKNOWN_KEY]) from error
    actor = Actor.system(f"integration {integration.name}")
    services = _services(integration.service_id, integration.team_id, change)
    kind = change.kind if len(services) == 1 else CHANGE
    try:
        return [_record(actor, service, change, kind, now) for service in services]
    except Invalid as error:
        raise BadChange([f"'{name}': {' '.join(texts)}" for name, texts in error.fields.items()]) from error


def _services(service_id: int | None, team_id: int, change: Change) -> list[Service]:
    of_team = catalog.services(READER).filter(team_id=team_id)
    if change.service:
        found = of_team.filter(slug=change.service)
    else:
        of_key = of_team.filter(pk__in=[service_id] if service_id else [])
        found = of_team.filter(slug=change.source) or of_key or of_team
    if not found:
        raise BadChange([NO_SERVICE])
    return list(found)


def _record(actor: Actor, service: Service, change: Change, kind: str, now: datetime) -> Release:
    return releases.record_release(
        actor=actor,
        service=service,
        version=change.version,
        now=now,
        kind=kind,
        environment=change.environment,
        started_at=change.at,
        commit=change.commit,
        author=change.author,
        url=change.url,
        external_id=change.external_id,
        notes=_notes(change),
    )


def _notes(change: Change) -> str:
    """The summary and the details, as somebody reads them."""
    details = [f"{name}: {json.dumps(value, ensure_ascii=True)}" for name, value in change.details.items()]
    return "\n".join([change.summary, *details]).replace("\0", "")[:NOTES]
