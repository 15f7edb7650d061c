"""Drafts: made from a resolved incident with its timeline, impact and spent budget, or empty for an event."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from incidents import selectors as incidents
from incidents.selectors import Incident, details
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from postmortems.domain import policy, sections
from postmortems.exceptions import WrongState
from postmortems.models import Covers, Postmortem, Section, TimelineRow
from postmortems.services import impacts

DRAFTER = Actor.system("postmortem drafts")
LOOK_BACK = timedelta(days=14)
KINDS = ("alert", "page", "ack", "release", "status", "milestone", "correction", "note")
ROWS = 200


def draft_from_incident(*, actor: Actor, incident: Incident, now: datetime) -> Postmortem:
    """The draft of a resolved incident, with its timeline copied and its impact computed.

    An incident has one postmortem: asked again, also by two at once, it answers the one that is there.
    """
    actor.require(Role.RESPONDER, incident.team_id)
    found = of_incident(incident)
    if found is not None:
        return found
    if incident.is_open:
        raise WrongState("The incident is still open; recovery comes first.")
    try:
        return _draft(actor, incident, now)
    except IntegrityError:
        found = of_incident(incident)
        if found is None:
            raise
        return found


@transaction.atomic
def draft_for_event(*, actor: Actor, team: Team, title: str, now: datetime) -> Postmortem:
    """An empty draft for a launch, a migration, or anything that was no incident."""
    actor.require(Role.RESPONDER, team.pk)
    if not title.strip():
        raise Invalid(fields={"title": ["Say what it is about."]})
    made = Postmortem.objects.create(team=team, title=title.strip(), owner_id=actor.user_id, created_at=now)
    add_sections(made, {})
    audit.record(actor=actor, action="postmortem.drafted", target=made, after={"title": made.title}, now=now)
    return made


def draft_required_due(*, now: datetime) -> int:
    """Drafts what the policy requires of incidents that were resolved in the last 14 days; says how many it made."""
    resolved = incidents.incidents(DRAFTER).filter(resolved_at__gte=now - LOOK_BACK, resolved_at__lte=now)
    covered = Covers.objects.values("incident_id")
    owed = [found for found in resolved.filter(is_drill=False).exclude(pk__in=covered) if is_required(found)]
    for incident in owed:
        draft_from_incident(actor=DRAFTER, incident=incident, now=now)
    return len(owed)


def of_incident(incident: Incident) -> Postmortem | None:
    """The postmortem that covers `incident`."""
    return Postmortem.objects.filter(covers__incident_id=incident.pk).first()


def is_required(incident: Incident) -> bool:
    """Whether the policy demands a postmortem of `incident`."""
    asked = policy.policy(severity=incident.severity, lasted=incident.time_to_recovery, is_drill=incident.is_drill)
    return asked == policy.Policy.REQUIRED


@transaction.atomic
def _draft(actor: Actor, incident: Incident, now: datetime) -> Postmortem:
    zone = ZoneInfo(incident.team.time_zone)
    resolved_at = incident.resolved_at or now
    made = Postmortem.objects.create(
        team=incident.team,
        service=incident.service,
        title=incident.title,
        is_private=incident.is_private,
        is_required=is_required(incident),
        severity=incident.severity,
        owner_id=_owner(incident) or actor.user_id,
        due_on=policy.due_on(resolved_at=resolved_at, severity=incident.severity, zone=zone),
        created_at=now,
    )
    Covers.objects.create(postmortem=made, incident_id=incident.pk)
    add_sections(made, {"summary": incident.summary})
    copy_timeline(made, incident)
    impacts.compute(made, incident)
    audit.record(actor=actor, action="postmortem.drafted", target=made, after={"incident": str(incident)}, now=now)
    return made


def copy_timeline(postmortem: Postmortem, incident: Incident) -> None:
    """Copies the starred entries, or all that tell the story when none is; never what was corrected."""
    entries = list(details.entries(incident, starred=True)) or [
        entry for entry in details.entries(incident).filter(kind__in=KINDS) if not entry.corrections.all()
    ]
    rows = [
        TimelineRow(
            postmortem=postmortem,
            at=entry.at,
            text=entry.text[:1000],
            evidence_url=entry.evidence_url,
            entry_id=entry.pk,
        )
        for entry in entries[:ROWS]
    ]
    TimelineRow.objects.bulk_create(rows, ignore_conflicts=True)


def add_sections(postmortem: Postmortem, texts: dict[str, str]) -> None:
    """The sections of the template, with the texts that are known."""
    Section.objects.bulk_create(
        Section(
            postmortem=postmortem,
            key=template.key,
            text=texts.get(template.key, ""),
            is_public=template.is_public,
            position=position,
        )
        for position, template in enumerate(sections.TEMPLATES)
    )


def _owner(incident: Incident) -> int | None:
    spans = details.spans(incident).filter(role="commander").order_by("-pk")
    last = spans.first()
    return last.user_id if last is not None else None
