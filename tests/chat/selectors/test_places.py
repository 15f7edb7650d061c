from typing import Any

import pytest

from portal.accounts.selectors.actors import actor_for_user
from portal.chat.selectors.places import is_incident_number, place_of
from portal.lib.errors import Invalid
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import schedule_of

pytestmark = pytest.mark.django_db


def test_a_service_comes_before_a_team_of_the_same_name(alice: Any, team: Any) -> None:
    service = ServiceFactory(team=team, slug="payments", name="Payments")
    assert place_of(actor_for_user(alice), "payments").service_id == service.pk


def test_a_schedule_is_found_by_its_name(alice: Any, team: Any) -> None:
    schedule = schedule_of(alice, team=team)
    assert place_of(actor_for_user(alice), schedule.name.upper()).schedule_id == schedule.public_id


def test_hostile_words_come_back_harmless(alice: Any) -> None:
    with pytest.raises(Invalid) as refused:
        place_of(actor_for_user(alice), "<!channel> @here")
    assert "<!" not in str(refused.value)


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("INC-12", True), ("inc-12", True), ("#12", True), ("12", False), ("INC-", False), ("#x", False)],
)
def test_only_a_marked_number_names_an_incident(word: str, is_one: bool) -> None:
    assert is_incident_number(word) is is_one
