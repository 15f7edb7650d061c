"""Making, changing and pausing probes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PreconditionFailed
from slo.clients import credentials
from slo.models import Probe
from slo.services import probes

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
FACTS = {"name": "Home page", "url": "https://example.com/"}


@pytest.fixture
def probe(service: Any, now: datetime) -> Probe:
    return probes.create_probe(actor=ACTOR, service=service, facts=FACTS, now=now)


def test_a_new_probe_has_its_sli_and_a_first_slot(probe: Probe, now: datetime) -> None:
    assert probe.next_run_at is not None
    assert now < probe.next_run_at <= now + probe.interval
    assert (probe.sli.name, probe.sli.every, probe.sli.started_at) == ("Home page", timedelta(minutes=1), now)


def test_an_sli_is_never_expected_more_than_once_a_minute(service: Any, now: datetime) -> None:
    facts = {**FACTS, "interval": timedelta(seconds=10)}
    probe = probes.create_probe(actor=ACTOR, service=service, facts=facts, now=now)
    assert probe.sli.every == timedelta(minutes=1)


def test_a_paused_probe_can_be_made(service: Any, now: datetime) -> None:
    probe = probes.create_probe(actor=ACTOR, service=service, facts=FACTS, now=now, paused=True)
    assert probe.next_run_at is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", " "),
        ("kind", "smoke"),
        ("url", "ftp://example.com/"),
        ("method", "BREW"),
        ("interval", timedelta(seconds=9)),
        ("interval", timedelta(seconds=3601)),
        ("timeout", timedelta(0)),
        ("timeout", timedelta(seconds=61)),
        ("expected_status", "2xx"),
        ("latency_limit", timedelta(seconds=11)),
        ("up_threshold", 0),
        ("down_threshold", 21),
        ("colour", "red"),
    ],
)
def test_wrong_fields_are_named(service: Any, now: datetime, name: str, value: object) -> None:
    with pytest.raises(Invalid) as caught:
        probes.create_probe(actor=ACTOR, service=service, facts={**FACTS, name: value}, now=now)
    assert name in caught.value.fields


def test_a_timeout_is_not_longer_than_the_interval(service: Any, now: datetime) -> None:
    facts = {**FACTS, "interval": timedelta(seconds=10), "timeout": timedelta(seconds=11)}
    with pytest.raises(Invalid) as caught:
        probes.create_probe(actor=ACTOR, service=service, facts=facts, now=now)
    assert list(caught.value.fields) == ["timeout"]


def test_a_change_moves_to_the_new_grid(probe: Probe, now: datetime) -> None:
    facts = {"interval": timedelta(minutes=5), "name": "Front page"}
    changed = probes.update_probe(actor=ACTOR, probe=probe, facts=facts, now=now)
    probe.sli.refresh_from_db()
    assert (changed.version, changed.name) == (2, "Front page")
    assert (probe.sli.name, probe.sli.every) == ("Front page", timedelta(minutes=5))


def test_no_change_is_no_version(probe: Probe, now: datetime) -> None:
    assert probes.update_probe(actor=ACTOR, probe=probe, facts=FACTS, now=now).version == 1


def test_a_lost_race_is_refused(probe: Probe, now: datetime) -> None:
    with pytest.raises(PreconditionFailed):
        probes.update_probe(actor=ACTOR, probe=probe, facts={}, now=now, expected_version=7)


def test_pausing_forgets_the_state_and_resuming_starts_anew(probe: Probe, now: datetime) -> None:
    Probe.objects.update(state="down", streak=4, last_ok=False)
    paused = probes.pause_probe(actor=ACTOR, probe=probe, paused=True, now=now)
    assert (paused.next_run_at, paused.state, paused.streak, paused.last_ok) == (None, "pending", 0, None)
    resumed = probes.pause_probe(actor=ACTOR, probe=probe, paused=False, now=now)
    assert resumed.next_run_at is not None


def test_pausing_twice_is_one_change(probe: Probe, now: datetime) -> None:
    probes.pause_probe(actor=ACTOR, probe=probe, paused=True, now=now)
    assert probes.pause_probe(actor=ACTOR, probe=probe, paused=True, now=now).version == 2


def test_every_write_is_audited(probe: Probe, now: datetime) -> None:
    probes.update_probe(actor=ACTOR, probe=probe, facts={"keyword": "ok"}, now=now)
    probes.pause_probe(actor=ACTOR, probe=probe, paused=True, now=now)
    probes.pause_probe(actor=ACTOR, probe=probe, paused=False, now=now)
    actions = AuditEntry.objects.filter(target_id=probe.public_id).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["probe.created", "probe.updated", "probe.paused", "probe.resumed"]


def test_a_probe_is_ensured_once(service: Any, now: datetime) -> None:
    ensured = [
        probes.ensure_probe(actor=ACTOR, external_name="self", service=service, facts=facts, now=now)
        for facts in (FACTS, FACTS, {**FACTS, "name": "Renamed"})
    ]
    assert {probe.pk for probe in ensured} == {Probe.objects.get().pk}
    assert [probe.version for probe in ensured] == [1, 1, 2]


SECRET = {"token": "tok-123456789"}


@pytest.fixture
def signed(service: Any, now: datetime) -> Probe:
    """A probe with a sealed token."""
    return probes.create_probe(actor=ACTOR, service=service, facts={**FACTS, "credentials": SECRET}, now=now)


def test_credentials_are_sealed_and_only_named(signed: Probe) -> None:
    assert "tok-1" not in signed.credentials
    assert probes.shown(signed)["credentials"] == ["token"]
    assert credentials.opened(signed.credentials) == SECRET


def test_credentials_stay_until_they_are_replaced_or_taken_away(signed: Probe, now: datetime) -> None:
    kept = probes.update_probe(actor=ACTOR, probe=signed, facts={"name": "Front"}, now=now)
    assert probes.secret_names(kept) == ["token"]
    other = {"credentials": {"token": "", "username": "ada", "password": "pw-12345"}}
    changed = probes.update_probe(actor=ACTOR, probe=signed, facts=other, now=now)
    assert probes.secret_names(changed) == ["password", "username"]


def test_credentials_never_reach_the_audit_log(signed: Probe, now: datetime) -> None:
    probes.update_probe(actor=ACTOR, probe=signed, facts={"credentials": {"token": "tok-987654321"}}, now=now)
    entries = AuditEntry.objects.filter(target_id=signed.public_id).order_by("pk")
    assert [entry.changes.get("credentials_changed") for entry in entries] == [None, [None, True]]
    assert "tok-" not in str([entry.changes for entry in entries])


def test_the_same_credentials_again_change_nothing(signed: Probe, now: datetime) -> None:
    assert probes.update_probe(actor=ACTOR, probe=signed, facts={"credentials": SECRET}, now=now).version == 1


@pytest.mark.parametrize("url", ["https://evil.example/", "http://example.com/", "https://example.com:8443/"])
def test_credentials_do_not_follow_to_another_target(signed: Probe, now: datetime, url: str) -> None:
    with pytest.raises(Invalid) as caught:
        probes.update_probe(actor=ACTOR, probe=signed, facts={"url": url}, now=now)
    assert list(caught.value.fields) == ["credentials"]


def test_who_knows_the_credentials_may_change_the_target(signed: Probe, now: datetime) -> None:
    facts = {"url": "https://other.example/", "credentials": SECRET}
    assert probes.update_probe(actor=ACTOR, probe=signed, facts=facts, now=now).url == "https://other.example/"
