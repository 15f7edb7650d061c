"""Escalation chains of Grafana OnCall."""

from typing import Any

import pytest

from oncall.domain.imports import grafana_chains

CHAIN = {"id": "F1", "name": "Web", "team_id": None}


def steps_of(**policy: Any) -> tuple[dict[str, Any], ...]:
    return grafana_chains.read([CHAIN, {"escalation_chain_id": "F1", "position": 0, **policy}])[0].steps


@pytest.mark.parametrize(
    ("policy", "step"),
    [
        ({"type": "wait", "duration": 300}, {"kind": "wait", "minutes": 5}),
        ({"type": "wait"}, {"kind": "wait", "minutes": 5}),
        ({"type": "resolve"}, {"kind": "resolve"}),
        ({"type": "repeat_escalation"}, {"kind": "repeat_from", "to": 0, "times": 5}),
        ({"type": "notify_whole_channel"}, {"kind": "notify", "targets": [{"kind": "team"}]}),
        (
            {"type": "notify_persons", "persons_to_notify": ["u"]},
            {"kind": "notify", "targets": [{"kind": "person", "person": "u"}]},
        ),
        (
            {"type": "notify_on_call_from_schedule", "notify_on_call_from_schedule": "S"},
            {"kind": "notify", "targets": [{"kind": "schedule", "schedule": "S"}]},
        ),
    ],
    ids=["wait", "default wait", "resolve", "repeat", "team", "persons", "schedule"],
)
def test_each_step_is_understood(policy: dict[str, Any], step: dict[str, Any]) -> None:
    assert steps_of(**policy) == (step,)


def test_other_steps_are_told() -> None:
    chain = grafana_chains.read([CHAIN, {"escalation_chain_id": "F1", "position": 0, "type": "declare_incident"}])[0]
    assert (chain.name, chain.steps, "declare_incident" in chain.notes[0]) == ("Web", (), True)


def test_positions_are_the_order() -> None:
    first = {"escalation_chain_id": "F1", "position": 1, "type": "resolve"}
    second = {"escalation_chain_id": "F1", "position": 0, "type": "wait", "duration": 60}
    assert [one["kind"] for one in grafana_chains.read([first, second])[0].steps] == ["wait", "resolve"]


def test_an_important_step_is_told_to_be_as_others() -> None:
    step = {"escalation_chain_id": "F1", "position": 0, "type": "notify_persons", "persons_to_notify": ["u"]}
    assert "class of the alert" in grafana_chains.read([CHAIN, step | {"important": True}])[0].notes[0]
    assert grafana_chains.read([CHAIN, step | {"important": False}])[0].notes == ()
