from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import OutgoingMail
from portal.lib.errors import PermissionDenied
from shortener.clients.target_checks import Checked
from shortener.domain.target_checks import PERIOD
from shortener.models import Link, TargetCheck, WebhookDelivery
from shortener.services import target_checks
from tests.factories.shortener import LinkFactory, WebhookFactory
from tests.shortener.receiver import Receiver, status

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OWN = frozenset({"localhost"})


def due(now: datetime, **fields: Any) -> TargetCheck:
    return TargetCheck.objects.create(link=LinkFactory(**fields), due_at=now)


def dead(since: datetime, **fields: Any) -> TargetCheck:
    link = LinkFactory(**fields)
    return TargetCheck.objects.create(link=link, due_at=since + DAY, failures=2, dead_since=since, status=404)


def run(now: datetime) -> int:
    return target_checks.check_due(clock=lambda: now)


def test_every_link_gets_a_place_within_a_week(now: datetime) -> None:
    links = LinkFactory.create_batch(3)
    assert [target_checks.seed_due(now=now), target_checks.seed_due(now=now)] == [3, 0]
    found = TargetCheck.objects.all()
    assert {check.link_id for check in found} == {link.pk for link in links}
    assert all(now < check.due_at <= now + PERIOD for check in found)


def test_a_target_that_answers_is_asked_again_in_a_week(receiver: Receiver, now: datetime) -> None:
    check = due(now, target=receiver.url)
    assert [run(now), run(now)] == [1, 0]
    check.refresh_from_db()
    assert (check.status, check.failures, check.checked_at) == (204, 0, now)
    assert now < check.due_at <= now + PERIOD


def test_two_failures_hours_apart_are_death_and_told_to_webhooks(receiver: Receiver, team: Any, now: datetime) -> None:
    WebhookFactory(team=team)
    receiver.plan = [status(404)]
    check = due(now, target=receiver.url, team=team)
    run(now)
    check.refresh_from_db()
    assert (check.failures, check.dead_since) == (1, None)
    run(now + 6 * HOUR)
    check.refresh_from_db()
    assert (check.status, check.dead_since) == (404, now + 6 * HOUR)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.event, delivery.payload["data"]["status"]) == ("link.target_dead", 404)


def test_a_repaired_target_leaves_the_list(receiver: Receiver, now: datetime) -> None:
    check = dead(now - DAY, target=receiver.url)
    run(now)
    check.refresh_from_db()
    assert (check.failures, check.dead_since) == (0, None)


def test_links_to_our_own_hosts_are_never_asked(receiver: Receiver, now: datetime) -> None:
    check = due(now, target=receiver.url)
    assert target_checks.claim_due(now=now, own=frozenset({receiver.netloc})) == []
    check.refresh_from_db()
    assert check.due_at > now


@pytest.mark.parametrize("fields", [{"state": "disabled"}, {"state": "deleted"}, {"expires_at": "past"}])
def test_links_that_lead_nowhere_now_are_not_asked(fields: dict[str, Any], now: datetime) -> None:
    fields = {name: now - HOUR if value == "past" else value for name, value in fields.items()}
    due(now, **fields)
    assert target_checks.claim_due(now=now, own=OWN) == []


def test_a_private_target_is_no_dead_one(receiver: Receiver, settings: Any, now: datetime) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    check = due(now, target=receiver.url)
    run(now)
    check.refresh_from_db()
    assert (check.failures, "private address" in check.error) == (0, True)


def test_a_host_is_asked_twice_a_run_and_keeps_no_other_waiting(now: datetime) -> None:
    for number in range(5):
        due(now, target=f"https://busy.example/{number}")
    due(now, target="https://other.example/")
    claimed = [check.link.target for check in target_checks.claim_due(now=now, own=OWN)]
    assert claimed == ["https://busy.example/0", "https://busy.example/1", "https://other.example/"]
    later = TargetCheck.objects.filter(due_at__gt=now).order_by("due_at").values_list("due_at", flat=True)
    assert list(later) == [now + timedelta(seconds=10 * number) for number in (1, 2, 3)]


def test_no_more_than_the_operator_allows_are_asked(settings: Any, now: datetime) -> None:
    settings.PORTAL_DEAD_LINK_RATE = 0.3
    for number in range(5):
        due(now, target=f"https://host{number}.example/")
    assert len(target_checks.claim_due(now=now, own=OWN)) == 3


def test_what_is_leased_is_left_alone(now: datetime) -> None:
    due(now)
    assert len(target_checks.claim_due(now=now, own=OWN)) == 1
    assert target_checks.claim_due(now=now, own=OWN) == []


def test_switched_off_nothing_is_asked(receiver: Receiver, settings: Any, now: datetime) -> None:
    settings.PORTAL_DEAD_LINK_CHECKS = False
    due(now, target=receiver.url)
    assert (run(now), target_checks.seed_due(now=now), receiver.came) == (0, 0, [])


def test_a_target_that_was_changed_meanwhile_is_asked_anew(now: datetime) -> None:
    check = due(now, target="https://old.example/")
    claim = target_checks.claim_due(now=now, own=OWN)[0]
    Link.objects.update(target="https://new.example/")
    target_checks.store(claim, Checked(404), now=now + HOUR)
    check.refresh_from_db()
    assert (check.failures, check.due_at, check.leased_until) == (0, now + HOUR, None)


def test_a_changed_link_that_looked_dead_is_asked_at_once(now: datetime) -> None:
    check = dead(now - DAY, updated_at=now)
    TargetCheck.objects.update(checked_at=now - DAY, due_at=now + DAY)
    target_checks.seed_due(now=now)
    check.refresh_from_db()
    assert check.due_at == now


def test_an_owner_gets_one_mail_about_all_dead_links(bob: Any, team: Any, now: datetime) -> None:
    for slug in ("one", "two"):
        dead(now - HOUR, created_by=bob, team=team, slug=slug)
    assert [target_checks.tell_owners_due(now=now), target_checks.tell_owners_due(now=now + HOUR)] == [1, 0]
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (bob.email, "2 short links of yours lead nowhere")
    assert "/one" in mail.text
    assert "/two" in mail.text


def test_a_day_has_one_mail(bob: Any, team: Any, now: datetime) -> None:
    dead(now - HOUR, created_by=bob, team=team)
    target_checks.tell_owners_due(now=now)
    dead(now + HOUR, created_by=bob, team=team)
    assert target_checks.tell_owners_due(now=now + 2 * HOUR) == 0
    assert target_checks.tell_owners_due(now=now + DAY + HOUR) == 1


def test_managers_hear_of_links_that_nobody_owns(alice: Any, bob: Any, team: Any, now: datetime) -> None:
    dead(now, team=team)
    target_checks.tell_owners_due(now=now)
    assert OutgoingMail.objects.get().to == alice.email


def test_stopped_links_trouble_nobody(bob: Any, team: Any, now: datetime) -> None:
    dead(now, created_by=bob, team=team, state="disabled")
    assert target_checks.tell_owners_due(now=now) == 0


def test_responders_may_have_a_target_asked_again(
    bob: Any, vera: Any, team: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    check = dead(now - HOUR, team=team)
    target_checks.recheck(actor=actor_of(bob), link=check.link, now=now)
    check.refresh_from_db()
    assert (check.due_at, check.failures) == (now, 2)
    with pytest.raises(PermissionDenied):
        target_checks.recheck(actor=actor_of(vera), link=check.link, now=now)
