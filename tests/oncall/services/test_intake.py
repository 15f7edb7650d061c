"""What senders post is stored before it is answered."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain.formats.pagerduty_events import BadEvent
from oncall.domain.formats.words import BadSignals
from oncall.domain.signals import Signal
from oncall.exceptions import KeyUnknown, NotSigned, SenderTooFast
from oncall.models import IncomingEvent, Integration
from oncall.services import intake
from oncall.services.intake import Post
from portal.lib import sealing
from tests.factories.oncall import IntegrationFactory

KEY = "k" + 31 * "1"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def door(team: Any) -> Integration:
    made: Integration = IntegrationFactory(team=team)
    return made


def receive(said: Any, now: datetime, **post: Any) -> list[Signal]:
    given = {"kind": "json", "key": KEY, "headers": {}, "body": json.dumps(said).encode()}
    return intake.receive(Post(**(given | post)), now=now)


def test_a_post_is_one_row_with_its_signals(door: Integration, now: datetime) -> None:
    receive({"alerts": [{"fingerprint": "a"}, {"fingerprint": "b"}]}, now, kind="alertmanager")
    row = IncomingEvent.objects.get()
    assert (row.integration, row.status, [one["dedup_key"] for one in row.signals]) == (door, "pending", ["a", "b"])


def test_a_post_without_alerts_leaves_no_row(door: Integration, now: datetime) -> None:
    assert receive({"alerts": []}, now, kind="alertmanager") == []
    assert not IncomingEvent.objects.exists()


def test_the_sample_holds_neither_key_nor_password(door: Integration, now: datetime) -> None:
    receive({"title": "Restart it", "password": "swordfish", "key": KEY, "detail": 5000 * "x"}, now)
    sample = IncomingEvent.objects.get().sample
    assert ("swordfish" in sample, KEY in sample, len(sample)) == (False, False, intake.SAMPLE)


def test_what_is_not_understood_is_kept_for_the_page(door: Integration, now: datetime) -> None:
    with pytest.raises(BadSignals):
        receive({"title": ""}, now)
    row = IncomingEvent.objects.get()
    assert (row.status, row.problem) == ("failed", "Not understood. title: A firing alert needs a title.")


def test_a_mapping_reads_the_json_of_its_integration(door: Integration, now: datetime) -> None:
    door.settings = {"mapping": {"fields": {"title": {"path": "$.a"}}}}
    door.save()
    assert receive({"a": "Look at it"}, now)[0].title == "Look at it"


def test_an_unknown_and_a_revoked_key_store_nothing(door: Integration, now: datetime) -> None:
    receive({"title": "a"}, now)
    Integration.objects.update(revoked_at=now)
    for key in (KEY, "nonsense", ""):
        with pytest.raises(KeyUnknown):
            receive({"title": "a"}, now, key=key)
    assert IncomingEvent.objects.count() == 1


def test_both_keys_are_good_while_they_rotate(door: Integration, now: datetime) -> None:
    door.previous_key_hash, door.previous_key_until = door.key_hash, now + MINUTE
    door.key_hash = "another"
    door.save()
    assert intake.integration_of(KEY, now) == door
    with pytest.raises(KeyUnknown):
        intake.integration_of(KEY, now + MINUTE)


def test_a_key_has_a_limit_of_its_own_that_ends_with_the_minute(door: Integration, now: datetime) -> None:
    Integration.objects.update(rate_per_minute=2)
    for _ in range(2):
        receive({"title": "a"}, now)
    with pytest.raises(SenderTooFast) as refused:
        receive({"title": "a"}, now + timedelta(seconds=15))
    assert (refused.value.retry_after, IncomingEvent.objects.count()) == (45, 2)
    assert receive({"title": "a"}, now + MINUTE)


def test_with_a_secret_only_signed_posts_are_taken(door: Integration, now: datetime) -> None:
    Integration.objects.update(settings={"hmac_secret": sealing.seal("hidden")})
    signature = hmac.new(b"hidden", b'{"alerts": []}', hashlib.sha256).hexdigest()
    assert receive({"alerts": []}, now, kind="grafana", headers={"X-Grafana-Alerting-Signature": signature}) == []
    with pytest.raises(NotSigned):
        receive({"title": "a"}, now)
    assert IncomingEvent.objects.get().problem == NotSigned.title


def test_a_secret_closes_the_doors_that_know_no_signature(door: Integration, now: datetime) -> None:
    Integration.objects.update(settings={"hmac_secret": sealing.seal("hidden")})
    with pytest.raises(BadEvent, match="signed"):
        intake.receive_event({"routing_key": KEY, "event_action": "trigger"}, body=b"{}", now=now)
    with pytest.raises(NotSigned):
        intake.receive_mail(KEY, b"Subject: Disk", now=now)


def test_an_event_names_its_key_itself(door: Integration, now: datetime) -> None:
    event = {"routing_key": KEY, "event_action": "resolve", "dedup_key": "disk"}
    assert intake.receive_event(event, body=b"{}", now=now).dedup_key == "disk"
    with pytest.raises(BadEvent, match="revoked"):
        intake.receive_event(event | {"routing_key": 32 * "x"}, body=b"{}", now=now)


def test_what_is_old_is_forgotten_but_not_what_waits(door: Integration, now: datetime) -> None:
    for _ in range(3):
        receive({"title": "a"}, now)
    first, second, _ = IncomingEvent.objects.order_by("pk")
    IncomingEvent.objects.update(received_at=now - timedelta(days=15))
    IncomingEvent.objects.filter(pk__in=[first.pk, second.pk]).update(status="done")
    IncomingEvent.objects.filter(pk=first.pk).update(received_at=now)
    assert intake.forget_incoming_due(now=now, kept_for=timedelta(days=14)) == 1
    assert not IncomingEvent.objects.filter(pk=second.pk).exists()
