"""What a new schedule may begin with."""

from datetime import datetime

import pytest

from oncall.domain import definitions, starts

WEDNESDAY = datetime.fromisoformat("2026-03-04T12:00")


@pytest.mark.parametrize("chosen", list(starts.TITLES))
@pytest.mark.parametrize("people", [["1"], ["1", "2", "3"], ["1", "2", "3", "4"]], ids=["one", "three", "four"])
def test_each_template_is_sound_and_has_everybody(chosen: str, people: list[str]) -> None:
    made = starts.made(chosen, zone="Europe/Berlin", local=WEDNESDAY, people=people)
    assert definitions.problems(made) == {}
    assert sorted(definitions.people_of(made)) == people


def test_the_first_turn_runs_now() -> None:
    made = starts.made("weekly", zone="UTC", local=WEDNESDAY, people=["1", "2"])
    assert made["layers"][0]["rotation"]["starts_at"] == "2026-03-02T09:00:00"


def test_what_is_not_known_is_weekly() -> None:
    assert starts.made("?", zone="UTC", local=WEDNESDAY, people=["1"]) == starts.made(
        "weekly", zone="UTC", local=WEDNESDAY, people=["1"]
    )
    assert starts.name_of("?") == "Weekly rotation"


def test_an_odd_number_of_people_splits_with_the_first_again() -> None:
    made = starts.made("split", zone="UTC", local=WEDNESDAY, people=["1", "2", "3"])
    assert made["layers"][0]["participants"] == [["1"], ["2"], ["3"], ["1"]]
