"""Doors for machines."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from oncall.exceptions import KeyUnknown
from oncall.models import Alert, IncomingEvent, Integration
from oncall.services import intake, integrations, taking
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib import sealing
from portal.lib.errors import Conflict, Invalid
from tests.factories.oncall import IntegrationFactory

ACTOR = Actor.system("test")
OLD = "k" + 31 * "1"


def test_the_key_is_long_random_and_kept_as_a_hash(team: Any, now: datetime) -> None:
    made, key = integrations.create_integration(actor=ACTOR, team_id=team.pk, service_id=None, name="Disk", now=now)
    assert len(key) == 32
    assert key not in str(vars(made))
    assert intake.integration_of(key, now) == made


def test_revoking_twice_is_one_entry(team: Any, now: datetime) -> None:
    made, _ = integrations.create_integration(actor=ACTOR, team_id=team.pk, service_id=None, name="Disk", now=now)
    for _attempt in range(2):
        integrations.revoke_integration(actor=ACTOR, integration=made, now=now)
    assert AuditEntry.objects.filter(action="integration.revoked").count() == 1


@pytest.fixture
def door(team: Any) -> Integration:
    made: Integration = IntegrationFactory(team=team)
    return made


def update(door: Integration, now: datetime, facts: dict[str, Any], settings: dict[str, Any]) -> Integration:
    return integrations.update_integration(actor=ACTOR, integration=door, facts=facts, settings=settings, now=now)


def test_what_is_set_is_kept_and_what_is_emptied_is_gone(door: Integration, now: datetime) -> None:
    update(door, now, {"name": "Disks"}, {"titles": ["headline"], "severity_label": "prio"})
    changed = update(door, now, {}, {"titles": []})
    assert (changed.name, changed.settings) == ("Disks", {"severity_label": "prio"})


def test_a_secret_is_sealed_and_told_to_no_log(door: Integration, now: datetime) -> None:
    update(door, now, {}, {"hmac_secret": "swordfish"})
    changed = update(door, now, {}, {"hmac_secret": None})
    assert sealing.unseal(changed.settings["hmac_secret"]) == "swordfish"
    assert "swordfish" not in str(list(AuditEntry.objects.values()))


def test_all_that_is_wrong_is_told_at_once(door: Integration, now: datetime) -> None:
    facts = {
        "name": " ",
        "rate_per_minute": 0,
        "group_minutes": -1,
        "auto_resolve_minutes": 0,
        "policy_id": 0,
        "odd": 1,
    }
    with pytest.raises(Invalid) as refused:
        update(door, now, facts | {"policy_id": 0, "odd": 1}, {"titles": "x"})
    fields = ["auto_resolve_minutes", "group_minutes", "name", "odd", "policy", "rate_per_minute", "titles"]
    assert sorted(refused.value.fields) == fields


def test_both_keys_are_good_for_a_day_unless_the_old_one_is_ended(door: Integration, now: datetime) -> None:
    _, key = integrations.rotate_key(actor=ACTOR, integration=door, now=now)
    assert [intake.integration_of(one, now) for one in (OLD, key)] == [door, door]
    integrations.end_previous_key(actor=ACTOR, integration=door, now=now)
    with pytest.raises(KeyUnknown):
        intake.integration_of(OLD, now)


def test_a_revoked_door_gets_no_key_and_no_test(door: Integration, now: datetime) -> None:
    integrations.revoke_integration(actor=ACTOR, integration=door, now=now)
    door.refresh_from_db()
    with pytest.raises(Conflict):
        integrations.rotate_key(actor=ACTOR, integration=door, now=now)
    with pytest.raises(Conflict):
        integrations.send_test(actor=ACTOR, integration=door, severity="info", now=now)


def test_a_test_alert_goes_the_way_of_real_ones(door: Integration, now: datetime) -> None:
    key = integrations.send_test(actor=ACTOR, integration=door, severity="info", now=now)
    taking.take_due(now=timezone.now())
    alert = Alert.objects.get(dedup_key=key)
    assert (alert.is_test, alert.severity, alert.source) == (True, "info", door.public_id)


def test_what_failed_is_tried_again_but_not_what_was_not_understood(door: Integration, now: datetime) -> None:
    for said in ([], [{"dedup_key": "a", "title": "A"}]):
        IncomingEvent.objects.create(
            integration=door, received_at=now, next_try_at=now, signals=said, status="failed", tries=5
        )
    assert integrations.retry_failed(actor=ACTOR, integration=door, now=now) == 1
    assert IncomingEvent.objects.get(status="pending").tries == 0


def test_an_unknown_kind_is_refused(team: Any, now: datetime) -> None:
    facts = {"team_id": team.pk, "service_id": None, "name": "X", "kind": "pigeon"}
    with pytest.raises(Invalid):
        integrations.create_integration(actor=ACTOR, now=now, **facts)
