"""Trying a probe without keeping it."""

from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, TooManyRequests
from slo.models import Probe
from slo.services import probe_trials, probes

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
FACTS = {"name": "Home", "url": "http://127.0.0.1:9/"}


@pytest.fixture(autouse=True)
def _nothing_private(settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []


def test_it_runs_once_and_keeps_nothing(service: Any, now: datetime) -> None:
    outcome = probe_trials.try_probe(actor=ACTOR, service=service, facts=FACTS, now=now)
    assert (outcome.ok, outcome.phase) == (False, "resolve")
    assert Probe.objects.count() == 0
    assert AuditEntry.objects.get(action="probe.tried").changes["url"] == [None, FACTS["url"]]


def test_a_change_is_tried_without_being_made(service: Any, now: datetime) -> None:
    probe = probes.create_probe(actor=ACTOR, service=service, facts=FACTS, now=now)
    facts = {"url": "http://127.0.0.1:10/"}
    outcome = probe_trials.try_probe(actor=ACTOR, service=service, facts=facts, now=now, probe=probe)
    assert (outcome.phase, probe.url) == ("resolve", FACTS["url"])


def test_wrong_fields_are_named(service: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        probe_trials.try_probe(actor=ACTOR, service=service, facts={**FACTS, "options": {"body": 7}}, now=now)
    assert list(caught.value.fields) == ["options.body"]


def test_stored_credentials_do_not_go_to_a_tried_target(service: Any, now: datetime) -> None:
    facts = {**FACTS, "credentials": {"token": "tok-123456789"}}
    probe = probes.create_probe(actor=ACTOR, service=service, facts=facts, now=now)
    with pytest.raises(Invalid, match="not valid"):
        probe_trials.try_probe(
            actor=ACTOR, service=service, facts={"url": "http://evil.example/"}, now=now, probe=probe
        )


def test_trials_are_counted(service: Any, now: datetime) -> None:
    for _ in range(probe_trials.PER_MINUTE):
        probe_trials.try_probe(actor=ACTOR, service=service, facts=FACTS, now=now)
    with pytest.raises(TooManyRequests):
        probe_trials.try_probe(actor=ACTOR, service=service, facts=FACTS, now=now)
