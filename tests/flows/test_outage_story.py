"""The one story that must always work (docs/flows.md traces it function by function)."""

import re
from collections.abc import Iterator
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import Settings

import oncall.selectors
import postmortems.selectors
import shortener.selectors
import slo.selectors
from incidents.selectors import details
from incidents.services import alerts as incident_alerts
from incidents.services import all_clear, updates
from oncall.services import schedules
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import actors
from postmortems.services import action_items, documents, drafts, reviews
from shortener.services import links
from slo.models import MinuteCount
from slo.services import objectives, probes, releases, slis
from tests.flows.world import World, world

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def stage(settings: Settings) -> Iterator[World]:
    with world(settings) as found:
        yield found


@pytest.fixture
def probed(stage: World, service: Any, alice: Any) -> Any:
    """An SLO of 99 % over a probe of the target, every 30 s."""
    actor = actors.actor_for_user(alice)
    facts = {"name": "Checkout answers", "url": f"http://{stage.target.address}/", "interval": timedelta(seconds=30)}
    probe = probes.create_probe(actor=actor, service=service, facts=facts, now=stage.now)
    facts = {"name": "Checkout works", "objective": Decimal("0.99")}
    return objectives.create_slo(actor=actor, service=service, sli=probe.sli, facts=facts, now=stage.now)


@pytest.fixture
def on_call(stage: World, team: Any, alice: Any, bob: Any) -> Any:
    """Bob is primary this week, Alice secondary."""
    fields = schedules.ScheduleFields(
        name="Payments", zone="UTC", handoff_weekday=0, handoff_time=time(9), member_ids=(bob.pk, alice.pk)
    )
    return schedules.create_schedule(actor=actors.actor_for_user(alice), team_id=team.pk, fields=fields, now=stage.now)


def actor(user: Any) -> Actor:
    return actors.actor_for_user(user)


def test_a_click_becomes_a_count_and_an_sli(stage: World, service: Any, alice: Any, team: Any) -> None:
    values = {"target": "https://example.com/sale"}
    link = links.create_link(actor=actor(alice), team_id=team.pk, values=values, slug="sale", now=stage.now)
    sli = slis.ensure_source_sli(actor=actor(alice), service=service, source="shortener.redirects", now=stage.now)
    stage.ship([stage.click(link.pk, second=second, good=second > 0) for second in range(50)])
    assert stage.drain() == 50
    stage.pass_time(4 * MINUTE)
    assert shortener.selectors.link_totals([link.pk])[link.pk].people == 50
    minute = MinuteCount.objects.filter(sli=sli, total__gt=0).get()
    assert (minute.good, minute.total) == (49, 50)


def test_a_well_target_pages_nobody(stage: World, probed: Any, on_call: Any) -> None:
    stage.pass_time(20 * MINUTE)
    (status,) = slo.selectors.statuses(Actor.system("test"))
    assert status.state == "healthy"
    assert mail.outbox == []


def test_the_whole_outage(stage: World, probed: Any, on_call: Any, bob: Any, alice: Any, charlie: Any) -> None:
    stage.pass_time(30 * MINUTE)
    alert = it_breaks_and_burns(stage)
    somebody_is_paged(alert, bob)
    the_paged_person_acknowledges(stage, alert)
    incident = an_incident_runs(stage, alert, bob)
    the_gate_is_closed(stage, probed)
    it_recovers(stage, alert, incident, bob)
    the_timeline_tells_it(incident)
    postmortem = a_postmortem_is_published(stage, incident, bob, alice)
    the_action_item_is_followed(stage, postmortem, bob)
    another_team_reads_it(postmortem, charlie)


def it_breaks_and_burns(stage: World) -> Any:
    """A release goes out, the target breaks, and one alert opens within ten minutes, with its run."""
    system = Actor.system("deploy")
    service = slo.selectors.statuses(system)[0].slo.service
    releases.record_release(actor=system, service=service, version="2.7.0", author="Bob", now=stage.now)
    stage.target.is_broken = True
    stage.broken_at = stage.now
    stage.pass_time(8 * MINUTE)
    (alert,) = oncall.selectors.open_alerts(system).filter(severity="critical")
    assert alert.runs.get().alert_id == alert.pk
    return alert


def somebody_is_paged(alert: Any, primary: Any) -> None:
    """The primary gets one mail, under 50 characters, with a link to acknowledge."""
    assert [message.to for message in mail.outbox] == [[primary.email]]
    assert len(mail.outbox[0].subject) <= 50
    assert "/alerts/ack/" in str(mail.outbox[0].body)
    assert alert.title in mail.outbox[0].subject


def the_paged_person_acknowledges(stage: World, alert: Any) -> None:
    """Opening the link changes nothing, pressing the button acknowledges, and the secondary is left to sleep."""
    (path,) = set(re.findall(r"http://[^/\s]+(/alerts/ack/[^\s\"<]+)", str(mail.outbox[0].body)))
    with time_machine.travel(stage.now, tick=False):
        assert Client().get(path).status_code == 200
        alert.refresh_from_db()
        assert alert.status == "firing"
        Client().post(path, {"action": "acknowledge"})
    alert.refresh_from_db()
    assert alert.status == "acknowledged"
    sent = len(mail.outbox)
    stage.pass_time(10 * MINUTE)
    assert len(mail.outbox) == sent


def an_incident_runs(stage: World, alert: Any, commander: Any) -> Any:
    """Bob declares it from the alert, commands it, and tells the customers."""
    incident = incident_alerts.from_alert(actor=actor(commander), alert=alert, now=stage.now)
    assert incident.next_update_due_at is not None
    assert incident.next_update_due_at > stage.now
    updates.post_update(
        actor=actor(commander), incident=incident, text="We are on it.", status="identified", now=stage.now
    )
    stage.pass_time(MINUTE)
    incident.refresh_from_db()
    return incident


def the_gate_is_closed(stage: World, slo_: Any) -> None:
    gate = slo.selectors.gate(service_id=slo_.service_id, now=stage.now)
    assert not gate.allowed
    assert gate.reasons


def it_recovers(stage: World, alert: Any, incident: Any, commander: Any) -> None:
    """The target comes back, the alert resolves by itself, and the all clear is given in two steps."""
    stage.target.is_broken = False
    recovered_at = stage.now
    all_clear.should_be_fixed(actor=actor(commander), incident=incident, now=stage.now)
    stage.pass_time(35 * MINUTE)
    alert.refresh_from_db()
    assert alert.status == "resolved"
    all_clear.is_fixed(
        actor=actor(commander), incident=incident, follow_up=True, recovered_at=recovered_at, now=stage.now
    )
    stage.pass_time(MINUTE)
    incident.refresh_from_db()
    assert incident.status == "resolved"


def the_timeline_tells_it(incident: Any) -> None:
    """It holds what alerts, pages, releases and people did, each once."""
    entries = list(details.entries(incident))
    keys = [(entry.source, entry.source_id) for entry in entries]
    assert len(keys) == len(set(keys))
    told = " ".join(entry.text for entry in entries)
    assert "2.7.0" in told
    assert {"alert", "page", "ack", "release", "update", "status"} <= {entry.kind for entry in entries}


def a_postmortem_is_published(stage: World, incident: Any, owner: Any, reviewer: Any) -> Any:
    """The draft knows the impact; a second person approves what the first wrote."""
    postmortem = drafts.draft_from_incident(actor=actor(owner), incident=incident, now=stage.now)
    assert drafts.draft_from_incident(actor=actor(owner), incident=incident, now=stage.now) == postmortem
    assert {"min", "% of the error budget"} <= {row.unit for row in postmortem.impacts.all()}
    assert postmortem.timeline.exists()
    texts = {section.key: "We let a release reach everybody at once." for section in postmortem.sections.all()}
    documents.edit(actor=actor(owner), postmortem=postmortem, texts=texts, now=stage.now)
    action_items.add_item(
        actor=actor(owner),
        postmortem=postmortem,
        title="Roll out to 1 % first",
        owner_id=owner.pk,
        type="prevent",
        priority=1,
        due_on=stage.now.date() + timedelta(days=14),
        now=stage.now,
    )
    reviews.submit(actor=actor(owner), postmortem=postmortem, reviewers=[reviewer], now=stage.now)
    reviews.approve(actor=actor(reviewer), postmortem=postmortem, now=stage.now)
    return reviews.publish(actor=actor(owner), postmortem=postmortem, now=stage.now)


def the_action_item_is_followed(stage: World, postmortem: Any, owner: Any) -> None:
    """It is overdue after its date, and the postmortem closes once it is done."""
    late = stage.now + timedelta(days=20)
    (item,) = postmortems.selectors.overdue_action_items(actor(owner), late)
    action_items.change_state(actor=actor(owner), item=item, state="done", now=late)
    assert not postmortems.selectors.open_action_items(actor(owner))
    assert reviews.close(actor=actor(owner), postmortem=postmortem, now=late).state == "closed"


def another_team_reads_it(postmortem: Any, reader: Any) -> None:
    assert postmortems.selectors.get_postmortem(actor(reader), postmortem.public_id) == postmortem
