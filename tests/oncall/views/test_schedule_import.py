"""Importing schedules on a page."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from oncall.models import Schedule
from tests.oncall.domain.imports.exports import export

ClientFor = Callable[[Any], Client]
URL = "/oncall/import/"


def sent(team: Any, **changes: Any) -> dict[str, Any]:
    text = "\n".join(json.dumps(one) for one in export("pagerduty"))
    return {"system": "pagerduty", "team": team.pk, "text": text} | changes


def test_first_a_report_and_nothing_is_made(client_for: ClientFor, alice: Any, team: Any) -> None:
    content = client_for(alice).post(URL, sent(team)).content.decode()
    assert "all 43 stretches" in content
    assert "Anna Adler · anna@example.com" in content
    assert not Schedule.objects.exists()


def test_then_it_is_made_with_the_people_that_were_chosen(
    client_for: ClientFor, alice: Any, team: Any, stopped: datetime
) -> None:
    answer = client_for(alice).post(URL, sent(team, step="create", wanted=["PI7DH85"], **{"person-0": alice.pk}))
    schedule = Schedule.objects.get()
    assert f"/oncall/schedules/{schedule.public_id}/" in answer.content.decode()
    assert str(alice.pk) in str(schedule.versions.get().definition)


def test_another_look_takes_the_choices(client_for: ClientFor, alice: Any, team: Any) -> None:
    answer = client_for(alice).post(URL, sent(team, step="preview", **{"person-0": alice.pk}))
    assert answer.context["report"].matches[0].how == "chosen"
    assert not Schedule.objects.exists()


def test_what_is_no_json_is_told_at_its_field(client_for: ClientFor, alice: Any, team: Any) -> None:
    assert "text" in client_for(alice).post(URL, sent(team, text="{")).context["form"].errors


def test_it_says_what_to_fetch_and_a_responder_whom_to_ask(client_for: ClientFor, alice: Any, bob: Any) -> None:
    assert b"/v2/schedules?expand=rotation" in client_for(alice).get(URL).content
    assert b"Ask a manager" in client_for(bob).get(URL).content
