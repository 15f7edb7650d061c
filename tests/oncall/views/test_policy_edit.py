"""Choosing the steps."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from oncall.domain import escalation
from oncall.models import EscalationPolicy

ClientFor = Callable[[Any], Client]
URL = "/oncall/teams/payments/policy/edit/"


def told(*steps: tuple[str, Any, Any], **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"name": "Ours", "repeat": 2, "pause_minutes": 4}
    given |= {"steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": len(steps)}
    for place, (target, minutes, user) in enumerate(steps):
        given |= {f"steps-{place}-target": target, f"steps-{place}-after_minutes": minutes, f"steps-{place}-user": user}
    return given | changes


def test_a_manager_chooses_steps(client_for: ClientFor, alice: Any, bob: Any) -> None:
    client_for(alice).post(URL, told(("primary", 0, ""), ("", "", ""), ("person", 3, bob.pk)))
    plan = escalation.from_snapshot(EscalationPolicy.objects.get().plan)
    assert plan == escalation.Plan((escalation.Step("primary", 0), escalation.Step("person", 3, bob.pk)), 2, 4)


def test_unsound_steps_are_explained_and_nothing_is_lost(client_for: ClientFor, alice: Any) -> None:
    answer = client_for(alice).post(URL, told(("primary", 5, ""), ("team", 1, "")))
    assert b"or later" in answer.content
    assert answer.context["steps"][1]["target"].value() == "team"


def test_no_step_at_all_is_refused(client_for: ClientFor, alice: Any) -> None:
    assert b"Give 1 to 10 steps" in client_for(alice).post(URL, told(("", "", ""))).content


def test_a_responder_may_not(client_for: ClientFor, bob: Any) -> None:
    assert client_for(bob).get(URL).status_code == 403


def test_the_form_starts_with_the_steps_of_now(client_for: ClientFor, alice: Any) -> None:
    steps = client_for(alice).get(URL).context["steps"]
    assert [row["target"].value() for row in steps][:4] == ["primary", "secondary", "team", None]
