"""Duty in the demo: a noisy sender, what the team decides about it week by week, and what lies ahead."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from oncall.domain import matchers
from oncall.selectors import duties
from oncall.selectors import reviews as found_reviews
from oncall.selectors.schedules import schedules_of
from oncall.services import alerts, integrations, overrides, recording, reviews, routes, silences, swaps
from oncall.services.reviews import Judgement
from oncall.services.routes import RouteFields
from oncall.services.silences import SilenceFields
from oncall.services.swaps import SwapFields
from portal.seed.demo.cast import SYSTEM, Cast

MINUTE = timedelta(minutes=1)
WEEK = timedelta(weeks=1)
WEEKS = 6
NOISE = (
    ("DiskFillsUp", "Make room on the disk of {}", "critical", 3),
    ("QueueGrows", "Look why the queue of {} grows", "warning", 5),
    ("CertificateEnds", "Renew the certificate of {}", "warning", 1),
)
"""Rule, subject, class, and how often it fires in a week."""
WORDS = {
    "DiskFillsUp": ("change", True, "Fires at 80 %, which leaves days. Raise it to 92 %."),
    "QueueGrows": ("delete", False, "It drains by itself every time."),
    "CertificateEnds": ("keep", True, ""),
}


def serve(cast: Cast, *, end: datetime, random: Random) -> int:
    """Weeks of alerts with their reviews, shifts on record, and a few days ahead; says how many alerts there were."""
    sender, _ = integrations.create_integration(
        actor=SYSTEM, team_id=cast.team.pk, service_id=None, name="Alertmanager", kind="alertmanager", now=end
    )
    told = sum(_week(cast, sender, end - back * WEEK, random) for back in range(WEEKS, 0, -1))
    _decide(cast, end)
    _rules(cast, end)
    _ahead(cast, end)
    while recording.record_due(now=end):
        pass
    return told


def _week(cast: Cast, sender: Any, start: datetime, random: Random) -> int:
    fired = 0
    for rule, subject, severity, times in NOISE:
        for _ in range(times):
            at = start + MINUTE * random.randrange(7 * 24 * 60 - 120)
            slug = random.choice(sorted(cast.services))
            _alert(cast, sender, at, random, rule=rule, title=subject.format(slug), severity=severity, slug=slug)
            fired += 1
    return fired


@transaction.atomic
def _alert(cast: Cast, sender: Any, at: datetime, random: Random, *, rule: str, slug: str, **said: Any) -> None:
    """One alert from its firing to its end, in one transaction, so that no pager ever meets it."""
    alert = alerts.open_alert(
        actor=SYSTEM,
        team_id=cast.team.pk,
        service_id=cast.services[slug].pk,
        source=sender.public_id,
        dedup_key=f"{rule}:{slug}:{at:%Y%m%d%H%M}",
        detail=f"{rule} on {slug}.",
        labels={"alertname": rule, "service": slug, "severity": said["severity"]},
        integration_id=sender.pk,
        now=at,
        **said,
    )
    if rule != "QueueGrows":
        who = cast.actor(random.randrange(4))
        alerts.acknowledge_alert(actor=who, alert=alert, now=at + MINUTE * random.randint(1, 9))
    alerts.close_alert(actor=SYSTEM, alert=alert, now=at + MINUTE * random.randint(12, 90))


def _decide(cast: Cast, end: datetime) -> None:
    """All weeks but the last are decided about; what changes has an owner, and the oldest is done."""
    day = end.date()
    for back in range(WEEKS, 1, -1):
        week = day - back * WEEK
        monday = week - timedelta(days=week.weekday())
        for row in found_reviews.week(cast.team, monday):
            if row.alerts.title in WORDS:
                _judge(cast, monday, row.alerts, end - (back - 1) * WEEK)


def _judge(cast: Cast, monday: Any, of: Any, now: datetime) -> None:
    decision, is_actionable, note = WORDS[of.title]
    owner = cast.people[1].pk if decision != "keep" else None
    due = monday + 3 * WEEK if owner else None
    judgement = Judgement(decision, is_actionable=is_actionable, note=note, owner_id=owner, due_on=due)
    reviews.decide(
        actor=cast.actor(0),
        team_id=cast.team.pk,
        week=monday,
        alert_class=of.key,
        title=of.title,
        judgement=judgement,
        now=now,
    )


def _rules(cast: Cast, end: datetime) -> None:
    certificates = matchers.parse('alertname="CertificateEnds"')
    route = RouteFields("Certificates are tickets", certificates, severity="warning", group_by=("alertname",))
    routes.save_route(actor=cast.actor(0), team_id=cast.team.pk, fields=route, now=end)
    sunday = end.replace(hour=2) + timedelta(days=6 - end.weekday())
    maintenance = SilenceFields(
        starts_at=sunday,
        ends_at=sunday + timedelta(hours=2),
        comment="Databases are updated on Sunday nights",
        service_id=min(cast.services.items())[1].pk,
        is_maintenance=True,
        rule="FREQ=WEEKLY",
        zone="Europe/Berlin",
    )
    silences.create_silence(actor=cast.actor(0), team_id=cast.team.pk, fields=maintenance, now=end)


def _ahead(cast: Cast, end: datetime) -> None:
    """A swap that waits for a taker and an evening that somebody takes over."""
    schedule = schedules_of(cast.team.pk)[0]
    second = cast.people[1]
    start, over = end + 2 * WEEK, end + 2 * WEEK + timedelta(days=2)
    giver = next(place for place in range(4) if duties.held(schedule, cast.people[place].pk, start, over))
    away = SwapFields(person_id=cast.people[giver].pk, starts_at=start, ends_at=over, note="My sister marries")
    swaps.offer(actor=cast.actor(giver), schedule=schedule, fields=away, now=end)
    evening = end + timedelta(days=3)
    overrides.create_override(
        actor=cast.actor(1),
        schedule=schedule,
        role="primary",
        user_id=second.pk,
        starts_at=evening,
        ends_at=evening + timedelta(hours=5),
        reason="Theatre",
        now=end,
    )
