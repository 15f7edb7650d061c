"""What surrounds the alerts of the small portal: senders, rules, silences, shifts given away, and what was decided."""

from datetime import datetime, timedelta
from typing import Any

from oncall.domain import matchers
from oncall.models import (
    AlertReview,
    ChatIdentity,
    HandoffNote,
    IncomingEvent,
    Integration,
    NotificationRule,
    QuietHours,
    Schedule,
    Swap,
    TimeOff,
)
from oncall.services import recording, routes, silences
from oncall.services.routes import InhibitionFields, RouteFields
from oncall.services.silences import SilenceFields
from portal.accounts.models import User
from portal.accounts.selectors.actors import actor_for_user
from tests.factories import oncall

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def build(team: Any, service: Any, alice: User, bob: User, now: datetime) -> None:
    """Makes what lies around the alerts and the schedule of `team`."""
    sender = _sender(team, now)
    _alerts(team, service, sender, now)
    _rules(team, service, alice, now)
    _people(team, alice, bob, now)
    _shifts(Schedule.objects.get(team=team), alice, bob, now)
    _reviews(team, alice, now)


def _sender(team: Any, now: datetime) -> Integration:
    sender: Integration = oncall.IntegrationFactory(
        team=team, name="Alertmanager of the shop", kind="alertmanager", key_hash="0" * 64
    )
    signal = {"dedup_key": "a", "title": "Roll back the router config", "severity": "critical", "status": "firing"}
    for status, problem in (("done", ""), ("failed", "The service 'shopp' is unknown.")):
        IncomingEvent.objects.create(
            integration=sender,
            received_at=now - HOUR,
            next_try_at=now,
            signals=[signal],
            sample='{"status": "firing"}',
            status=status,
            problem=problem,
            done_at=now if status == "done" else None,
        )
    return sender


def _alerts(team: Any, service: Any, sender: Integration, now: datetime) -> None:
    times = {"started_at": now - 2 * HOUR, "last_fired_at": now - HOUR, "integration": sender, "team": team}
    labels = {"alertname": "HighErrors", "service": "checkout", "instance": "web-3:9090"}
    facts = {"service": service, "source": sender.public_id, "labels": labels, "detail": "5.2 % of requests fail."}
    links = [{"href": "https://prometheus.example.com/graph", "text": "Graph"}]
    lead = oncall.AlertFactory(title="Move traffic off web-3", group_key="HighErrors", links=links, **facts, **times)
    for number in (1, 2):
        oncall.AlertFactory(title=f"Move traffic off web-{number}", lead=lead, group_key="HighErrors", **times)
    oncall.AlertFactory(
        title="Add disks to the log store", held_by="maintenance", held_until=now + HOUR, severity="warning", **times
    )
    oncall.AlertFactory(title="Renew the licence of the scanner", snoozed_until=now + 2 * HOUR, **times)


def _rules(team: Any, service: Any, alice: User, now: datetime) -> None:
    actor = actor_for_user(alice)
    certificates = matchers.parse('alertname="CertificateEnds"')
    route = RouteFields("Certificates are tickets", certificates, severity="warning", group_by=("alertname",))
    routes.save_route(actor=actor, team_id=team.pk, fields=route, now=now)
    inhibition = InhibitionFields(
        "A dead host explains its services",
        source=matchers.parse('alertname="HostDown"'),
        target=matchers.parse('severity="warning"'),
        equal=("instance",),
    )
    routes.save_inhibition(actor=actor, team_id=team.pk, fields=inhibition, now=now)
    for starts_at, comment, rule in (
        (now - HOUR, "The log store gets new disks", ""),
        (now + DAY, "Databases are updated every week", "FREQ=WEEKLY"),
    ):
        fields = SilenceFields(starts_at, starts_at + 2 * HOUR, comment, service_id=service.pk, rule=rule)
        silences.create_silence(actor=actor, team_id=team.pk, fields=fields, now=now)


def _people(team: Any, alice: User, bob: User, now: datetime) -> None:
    oncall.ContactPointFactory(team=team, name="Incident room")
    phone = oncall.ContactFactory(user=alice, kind="sms", address="+431555010203", position=2)
    for position, severity in enumerate(("critical", "warning")):
        NotificationRule.objects.create(user=alice, severity=severity, position=position, contact=phone)
    night = {"zone": "Europe/Berlin", "starts": "22:00", "ends": "07:00", "weekdays": list(range(7))}
    QuietHours.objects.create(user=alice, **night)
    ChatIdentity.objects.create(user=alice, provider="slack", workspace="T1", external_id="U1")
    TimeOff.objects.create(user=alice, starts_at=now + 3 * WEEK, ends_at=now + 4 * WEEK, created_at=now)


def _shifts(schedule: Schedule, alice: User, bob: User, now: datetime) -> None:
    while recording.record_due(now=now):
        pass
    oncall.OverrideFactory(
        schedule=schedule, user=bob, starts_at=now + DAY, ends_at=now + DAY + 5 * HOUR, reason="Theatre"
    )
    for person, weeks in ((alice, 1), (bob, 2)):
        span = {"starts_at": now + weeks * WEEK, "ends_at": now + weeks * WEEK + DAY}
        Swap.objects.create(schedule=schedule, person=person, note="Wedding", created_at=now, **span)
    HandoffNote.objects.create(schedule=schedule, author=bob, text="The router is shaky since noon.", created_at=now)


def _reviews(team: Any, alice: User, now: datetime) -> None:
    monday = (now - timedelta(days=now.weekday() + 7)).date()
    words = {"decided_by": alice, "decided_at": now, "owner": alice, "due_on": now.date() - DAY}
    for key, title, decision in (("a", "DiskFillsUp", "change"), ("b", "Queue of refunds full", "missing")):
        AlertReview.objects.create(team=team, week=monday, alert_class=key, title=title, decision=decision, **words)
