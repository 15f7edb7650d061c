"""Schedules and policies of other systems are shown, then made."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain.imports import systems
from oncall.models import EscalationPolicy, Schedule
from oncall.selectors import schedules
from oncall.services import schedule_imports
from oncall.services.schedule_imports import Report
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.oncall import ScheduleFactory
from tests.oncall.domain.imports.exports import export

SYSTEM = Actor.system("test")
NAMES = ("anna", "ben", "cleo", "dan", "eva")


@pytest.fixture
def members(team: Any) -> dict[str, Any]:
    """Everybody of the exports, by their first names."""
    found = {name: UserFactory(email=f"{name}@example.com", name=f"{name.title()} Here") for name in NAMES}
    for user in found.values():
        MembershipFactory(team=team, user=user, role="responder")
    return found


def made(system: str, team: Any, now: datetime, **changes: Any) -> Report:
    given = {"documents": export(system), "chosen": {}, "wanted": None} | changes
    return schedule_imports.create(actor=SYSTEM, system=system, team_id=team.pk, now=now, **given)


@pytest.mark.parametrize("system", sorted(systems.SYSTEMS))
def test_who_is_on_call_here_is_who_is_on_call_there(
    system: str, team: Any, members: dict[str, Any], now: datetime
) -> None:
    report = made(system, team, now)
    assert [line.problem for line in (*report.schedules, *report.policies)] == ["", ""]
    schedule = schedules.get_schedule(SYSTEM, report.schedules[0].made_id)
    there = systems.read(system, export(system))
    mails = {one.key: one.email for one in there.people}
    expected = there.schedules[0].expected
    middles = [one.start + (one.end - one.start) / 2 for one in expected]
    here = [{one.user.email for one in schedules.on_call_of([schedule], now=at)} for at in middles]
    told = [
        {mails[one.people[0]] for one in there.schedules[0].expected if one.start <= at < one.end} for at in middles
    ]
    assert here == told


def test_a_preview_makes_nothing(team: Any, members: dict[str, Any]) -> None:
    report = schedule_imports.preview(system="pagerduty", documents=export("pagerduty"), team_id=team.pk, chosen={})
    assert (report.schedules[0].compared, report.schedules[0].differences) == (43, 0)
    assert not Schedule.objects.exists()


def test_somebody_who_is_not_here_leaves_turns_empty_and_is_told(
    team: Any, members: dict[str, Any], now: datetime
) -> None:
    notes = made("pagerduty", team, now, chosen={"PBEN002": ""}).schedules[0].notes
    assert "Weeks: 1 of 3 turns" in notes[0]


def test_only_what_is_wanted_is_made(team: Any, members: dict[str, Any], now: datetime) -> None:
    made("pagerduty", team, now, wanted=["PT20YPA"])
    assert (Schedule.objects.count(), EscalationPolicy.objects.count()) == (0, 1)


def test_a_name_that_is_taken_is_told_and_keeps_nothing_else_back(
    team: Any, members: dict[str, Any], now: datetime
) -> None:
    ScheduleFactory(team=team, name="Checkout")
    report = made("pagerduty", team, now)
    assert ("name" in report.schedules[0].problem, bool(report.policies[0].made_id)) == (True, True)


def test_an_override_that_is_over_is_not_made(team: Any, members: dict[str, Any], now: datetime) -> None:
    made("pagerduty", team, now + timedelta(days=60))
    assert Schedule.objects.get().overrides.count() == 0


def test_answers_may_follow_each_other_in_one_text() -> None:
    assert schedule_imports.documents_of(['{"a": 1}\n[2],', json.dumps({"b": 3})]) == [{"a": 1}, [2], {"b": 3}]


@pytest.mark.parametrize("text", ["{", "x", "[" * 100_000, "x" * 2_000_001], ids=["open", "no", "deep", "long"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        schedule_imports.documents_of([text])


def test_a_calendar_of_the_schedule_comes_along(team: Any, now: datetime) -> None:
    document = {"id": "S", "name": "Cal", "type": "ical", "ical_url_primary": "https://example.com/a.ics"}
    made("grafana_oncall", team, now, documents=[document])
    assert Schedule.objects.get().calendar_sources.get().name == "Calendar"


def test_nothing_found_is_told(team: Any) -> None:
    report = schedule_imports.preview(system="opsgenie", documents=[{}], team_id=team.pk, chosen={})
    assert "Opsgenie" in report.notes[0]
