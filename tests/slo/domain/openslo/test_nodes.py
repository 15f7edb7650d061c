"""Documents as trees whose nodes know their path."""

from decimal import Decimal
from typing import Any

import pytest

from slo.domain.openslo.nodes import Node, Refusal


def node(value: Any) -> Node:
    return Node(value, "a.yaml", "SLO one", [])


def test_a_refusal_names_file_document_path_and_rule() -> None:
    root = node({"spec": {"objectives": [{"target": "high"}]}})
    root.child("spec").items("objectives")[0].number("target")
    assert root.refusals == [Refusal("a.yaml", "SLO one", "spec.objectives[0].target", "This is a number.")]


def test_a_refusal_reads_as_a_sentence() -> None:
    assert str(Refusal("a.yaml", "SLO one", "spec", "This is needed.")) == "a.yaml, SLO one, spec: This is needed."


@pytest.mark.parametrize(
    ("value", "rule"), [({}, "needed"), ({"name": None}, "needed"), ({"name": 7}, "text"), ({"name": " "}, "text")]
)
def test_a_text_that_is_none_is_refused(value: dict[str, Any], rule: str) -> None:
    root = node(value)
    assert root.text("name") == ""
    assert [rule in refusal.rule for refusal in root.refusals] == [True]


def test_a_default_stands_in_for_a_text_that_is_not_there() -> None:
    root = node({})
    assert (root.text("name", "usual"), root.refusals) == ("usual", [])


@pytest.mark.parametrize("value", ["text", [1], 5])
def test_a_member_that_is_no_mapping_is_refused_once(value: Any) -> None:
    root = node({"spec": value})
    assert root.child("spec").value == {}
    assert [refusal.path for refusal in root.refusals] == ["spec"]


def test_a_list_with_something_else_in_it_keeps_its_mappings() -> None:
    root = node({"objectives": [{"target": 1}, "x"]})
    assert len(root.items("objectives")) == 1
    assert root.refusals[0].path == "objectives[1]"


def test_what_is_no_list_is_refused() -> None:
    root = node({"objectives": {}})
    assert (root.items("objectives"), root.refusals[0].rule) == ([], "This is a list.")


def test_a_number_is_as_exact_as_it_was_written() -> None:
    assert node({"target": 0.9995}).number("target") == Decimal("0.9995")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "many", [1]])
def test_what_is_no_number_is_refused(value: Any) -> None:
    root = node({"target": value})
    assert (root.number("target"), len(root.refusals)) == (None, 1)


def test_a_choice_stands_for_its_value() -> None:
    assert node({"op": "b"}).choice("op", {"a": "1", "b": "2"}) == "2"


def test_another_choice_is_refused_with_the_ones_there_are() -> None:
    root = node({"op": "c"})
    assert root.choice("op", {"a": "1", "b": "2"}) == "1"
    assert root.refusals[0].rule == "This is one of a, b."
