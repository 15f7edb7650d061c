"""An imported schedule says for a month what its old system says, over a change of the clocks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from oncall.domain import definitions
from oncall.domain.imports import agreement, systems
from oncall.domain.imports.found import FoundSchedule
from tests.oncall.domain.imports.exports import export

SYSTEMS = ["grafana_oncall", "opsgenie", "pagerduty"]


def imported(system: str) -> FoundSchedule:
    return systems.read(system, export(system)).schedules[0]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_month_over_a_change_of_clocks_agrees(system: str) -> None:
    schedule = imported(system)
    assert max(one.end for one in schedule.expected) - min(one.start for one in schedule.expected) > timedelta(27)
    assert agreement.differences(schedule) == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_definition_can_be_stored(system: str) -> None:
    assert definitions.problems(imported(system).definition) == {}


@pytest.mark.parametrize("system", SYSTEMS)
def test_nothing_of_the_sample_is_left_out(system: str) -> None:
    assert imported(system).notes == ()


@pytest.mark.parametrize("system", SYSTEMS)
def test_another_order_of_people_is_seen_as_a_difference(system: str) -> None:
    schedule = imported(system)
    first, *others = schedule.definition["layers"]
    turned = {**first, "participants": first["participants"][::-1]}
    layers = [turned, *({**one, "participants": one["participants"][::-1]} for one in others)]
    assert agreement.differences(replace(schedule, definition=schedule.definition | {"layers": layers}))


def test_without_their_word_there_is_nothing_to_compare() -> None:
    assert agreement.differences(replace(imported("pagerduty"), expected=())) == []
