"""Two that open, resolve or join the same alert at one instant end up with one alert and one group."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from oncall.models import Alert
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import arriving, over

pytestmark = pytest.mark.django_db(transaction=True)


def meanwhile(work: Callable[[], Any]) -> threading.Thread:
    """Does `work` on a connection of its own."""

    def run() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_two_openers_of_one_key_make_one_alert() -> None:
    team = TeamFactory()
    with transaction.atomic():
        first = arriving(team)
        other = meanwhile(lambda: arriving(team))
        other.join(timeout=0.1)
    other.join()
    first.refresh_from_db()
    assert (Alert.objects.count(), first.joined_count, first.runs.count()) == (1, 1, 1)


def test_two_openers_of_one_group_find_one_another() -> None:
    team = TeamFactory()
    with transaction.atomic():
        lead = arriving(team, "a", group_key="g")
        other = meanwhile(lambda: arriving(team, "b", group_key="g"))
        other.join(timeout=0.1)
    other.join()
    assert Alert.objects.get(dedup_key="b").lead == lead


def test_a_member_that_joins_while_the_lead_ends_is_not_lost() -> None:
    team = TeamFactory()
    arriving(team, "a", group_key="g")
    with transaction.atomic():
        over("a")
        other = meanwhile(lambda: arriving(team, "b", group_key="g"))
        other.join(timeout=0.1)
    other.join()
    member = Alert.objects.get(dedup_key="b")
    assert (member.lead, member.runs.count()) == (None, 1)
