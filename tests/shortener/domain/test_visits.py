from typing import Any

import pytest

from shortener.domain.visits import NOTHING, RULE, Profiles, Switches, Visit, kept

VISIT = Visit(False, b"v", "192.0.2.0/24", "AT", "phone", "iOS", "Safari", "de", "news.example")


def test_everything_is_kept_with_all_switches_on() -> None:
    assert kept(VISIT, Switches()) == VISIT


@pytest.mark.parametrize(
    ("off", "gone"),
    [
        ("network", {"network": "", "country": ""}),
        ("device", {"device": "", "os": "", "browser": "", "language": ""}),
        ("referrer", {"referrer": ""}),
        ("visitor", {"visitor": b""}),
    ],
)
def test_a_switch_takes_away_its_own_part_only(off: str, gone: dict[str, Any]) -> None:
    assert kept(VISIT, Switches(**{off: False})) == VISIT._replace(**gone)


@pytest.mark.parametrize("is_bot", [True, False])
def test_of_those_who_opted_out_only_the_count_is_kept(is_bot: bool) -> None:
    assert kept(VISIT._replace(is_bot=is_bot), NOTHING) == Visit(is_bot)


def test_visits_that_count_alike_share_a_profile() -> None:
    profiles = Profiles()
    first = profiles.number(VISIT)
    assert profiles.number(VISIT._replace(visitor=b"w", network="198.51.100.0/24")) == first
    assert profiles.number(VISIT._replace(country="DE")) != first
    assert (len(profiles), profiles.is_bot) == (2, [False, False])


def test_profiles_share_the_numbers_of_values() -> None:
    profiles = Profiles()
    first, second = profiles.number(VISIT), profiles.number(VISIT._replace(os="Android"))
    assert profiles.of["country"][first] == profiles.of["country"][second]
    assert profiles.values[profiles.of["os"][second]] == ("os", "Android", False)


def test_values_of_people_and_bots_have_numbers_of_their_own() -> None:
    profiles = Profiles()
    assert profiles.value("os", "Linux", True) != profiles.value("os", "Linux", False)


def test_only_a_profile_with_a_rule_has_one() -> None:
    profiles = Profiles()
    without, with_rule = profiles.number(VISIT), profiles.number(VISIT, "3.2")
    assert profiles.of[RULE][without] == Profiles.NO_RULE
    assert profiles.values[profiles.of[RULE][with_rule]] == (RULE, "3.2", False)
