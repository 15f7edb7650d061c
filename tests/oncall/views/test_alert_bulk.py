"""Many alerts at once, from the inbox."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Alert
from tests.factories.oncall import AlertFactory, arriving, over

ClientFor = Callable[[Any], Client]


@pytest.fixture
def two(team: Any) -> list[Alert]:
    return [arriving(team, "a"), arriving(team, "b")]


def send(client: Client, action: str, alerts: list[Alert], **more: str) -> Any:
    given = {"action": action, "alert": [one.public_id for one in alerts], **more}
    return client.post(reverse("alert_bulk"), given, follow=True)


@pytest.mark.parametrize(("action", "status"), [("acknowledge", "acknowledged"), ("resolve", "resolved")])
def test_all_are_answered(client_for: ClientFor, bob: Any, two: list[Alert], action: str, status: str) -> None:
    assert "Done for 2 alerts." in send(client_for(bob), action, two).text
    assert {one.status for one in Alert.objects.all()} == {status}


def test_all_are_snoozed(client_for: ClientFor, bob: Any, two: list[Alert]) -> None:
    send(client_for(bob), "snooze", two, minutes="30")
    assert Alert.objects.exclude(snoozed_until=None).count() == 2


def test_all_are_merged_into_the_first(client_for: ClientFor, bob: Any, two: list[Alert]) -> None:
    send(client_for(bob), "merge", two)
    assert Alert.objects.get(pk=two[1].pk).lead == two[0]


def test_what_they_have_in_common_can_be_silenced(client_for: ClientFor, bob: Any, team: Any) -> None:
    alerts = [arriving(team, pod, labels={"app": "shop", "pod": pod}) for pod in "ab"]
    answer = send(client_for(bob), "silence", alerts)
    assert "app=&quot;shop&quot;</textarea>" in answer.text


def test_those_that_refuse_are_named(client_for: ClientFor, bob: Any, two: list[Alert]) -> None:
    over("a")
    answer = send(client_for(bob), "acknowledge", two)
    assert "resolved already" in answer.text
    assert "Done for 1 alert." in answer.text


@pytest.mark.parametrize(
    ("action", "said"), [("explode", "There is no such action"), ("resolve", "Choose at least one")]
)
def test_nothing_to_do_is_explained(client_for: ClientFor, bob: Any, two: list[Alert], action: str, said: str) -> None:
    chosen = two if action == "explode" else []
    assert said in send(client_for(bob), action, chosen).text


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, two: list[Alert]) -> None:
    assert send(client_for(vera), "resolve", two).status_code == 403
    assert not Alert.objects.filter(status="resolved").exists()


def test_two_hundred_are_chosen_by_one_query_and_no_more_than_that(
    client_for: ClientFor, bob: Any, team: Any, django_assert_max_num_queries: Any
) -> None:
    many = AlertFactory.create_batch(201, team=team)
    client = client_for(bob)
    assert "at most 200" in send(client, "acknowledge", many).text
    given = {"action": "nothing", "alert": [one.public_id for one in many[:200]]}
    with django_assert_max_num_queries(12):
        client.post(reverse("alert_bulk"), given)
