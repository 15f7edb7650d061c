"""An import that is repeated brings up to date what the one before made."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain.imports import systems
from oncall.models import EscalationPolicy, Override, Schedule
from oncall.services import import_writes, schedule_imports, schedules
from oncall.services.schedule_imports import Report
from portal.accounts.domain.actors import Actor
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.oncall.domain.imports.exports import export

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
LATER = timedelta(hours=1)


@pytest.fixture(autouse=True)
def everybody(team: Any) -> None:
    for name in ("anna", "ben", "cleo", "dan", "eva"):
        user = UserFactory(email=f"{name}@example.com", name=f"{name.title()} Here")
        MembershipFactory(team=team, user=user, role="responder")


def made(team: Any, now: datetime, system: str = "pagerduty", **changes: Any) -> Report:
    given = {"documents": export(system), "chosen": {}, "wanted": None} | changes
    return schedule_imports.create(actor=SYSTEM, system=system, team_id=team.pk, now=now, **given)


def longer_turns() -> list[Any]:
    documents = deepcopy(export("pagerduty"))
    documents[0]["schedule"]["schedule_layers"][1]["rotation_turn_length_seconds"] = 1_209_600
    documents[0]["schedule"]["overrides_subschedule"]["rendered_schedule_entries"] = []
    return documents


@pytest.mark.parametrize("system", sorted(systems.SYSTEMS))
def test_the_same_import_again_changes_nothing(team: Any, now: datetime, system: str) -> None:
    made(team, now, system)
    counts = [list(model.objects.values_list("pk", flat=True)) for model in (Schedule, Override, EscalationPolicy)]
    again = made(team, now + LATER, system)
    assert [line.problem for line in (*again.schedules, *again.policies)] == ["", ""]
    assert counts == [
        list(model.objects.values_list("pk", flat=True)) for model in (Schedule, Override, EscalationPolicy)
    ]
    assert Schedule.objects.get().versions.count() == 1


def test_what_has_changed_there_counts_here_from_now_on(team: Any, now: datetime) -> None:
    made(team, now)
    made(team, now + LATER, documents=longer_turns())
    schedule = Schedule.objects.get()
    old, new = schedule.versions.order_by("effective_from")
    assert (old.effective_until, new.effective_from) == (now + LATER, now + LATER)
    assert new.definition["layers"][1]["rotation"]["interval"] == 2


def test_an_override_that_is_gone_there_is_taken_back_and_others_stay(team: Any, now: datetime) -> None:
    made(team, now)
    schedule = Schedule.objects.get()
    person = schedule.overrides.get().user
    span = {"starts_at": now + LATER, "ends_at": now + 2 * LATER}
    Override.objects.create(schedule=schedule, role="primary", user=person, reason="Theatre", **span)
    made(team, now, documents=longer_turns())
    assert [one.reason for one in schedule.overrides.all()] == ["Theatre"]


def test_the_report_says_what_is_there_and_that_it_was_edited(team: Any, now: datetime) -> None:
    made(team, now)
    schedule = Schedule.objects.get()
    edited = {"time_zone": "UTC", "layers": []}
    schedules.change(actor=SYSTEM, schedule=schedule, definition=edited, now=now + LATER)
    (line,) = schedule_imports.preview(
        system="pagerduty", documents=export("pagerduty"), team_id=team.pk, chosen={}
    ).schedules
    assert (line.known_id, line.meets) == (schedule.public_id, import_writes.EDITED)


def test_a_policy_of_the_name_is_replaced_only_where_that_was_said(team: Any, now: datetime) -> None:
    made(team, now)
    EscalationPolicy.objects.update(plan={"steps": []})
    assert "wanted" in made(team, now).policies[0].problem
    assert made(team, now, wanted=["PT20YPA"]).policies[0].problem == ""
    assert EscalationPolicy.objects.get().plan["steps"]


def test_a_calendar_with_another_address_takes_the_place_of_the_old(team: Any, now: datetime) -> None:
    for address in ("https://example.com/a.ics", "https://example.com/b.ics", "https://example.com/b.ics"):
        document = {"id": "S", "name": "Cal", "type": "ical", "ical_url_primary": address}
        made(team, now, "grafana_oncall", documents=[document])
    assert Schedule.objects.get().calendar_sources.count() == 1
