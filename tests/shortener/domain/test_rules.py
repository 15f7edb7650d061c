"""Ordered rules: which decides, how a split divides visitors, and what makes no rule."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.domain import rules
from shortener.domain.conditions import Asked
from shortener.domain.visitors import Visitor

PHONE = {"type": "device", "values": ["phone"]}
GERMAN = {"type": "language", "values": ["de"]}


def rule(number: int, *conditions: dict[str, Any], **more: Any) -> dict[str, Any]:
    target = {} if "variants" in more else {"target": f"https://e.com/{number}"}
    return {"id": number, "name": f"Rule {number}", "conditions": list(conditions), **target, **more}


def parsed(*raw: dict[str, Any]) -> tuple[rules.Rule, ...]:
    found, errors = rules.parse(list(raw))
    assert errors == []
    return found


def visitor(address: str = "192.0.2.1", language: str = "", device: str = "phone") -> Visitor:
    return Visitor("agent", address, language, client_of=lambda _: (False, device, "iOS", "Safari"))


def split(*weights: int) -> rules.Rule:
    variants = [{"target": f"https://e.com/{number}", "weight": weight} for number, weight in enumerate(weights)]
    return parsed(rule(1, variants=variants))[0]


def drawn(one: rules.Rule, link_id: int = 1) -> list[int]:
    identities = (f"192.0.2.{number % 256}\0agent {number}".encode() for number in range(10_000))
    return [rules.variant_number(one, identity, link_id) for identity in identities]


def test_the_first_rule_whose_conditions_all_hold_decides() -> None:
    found = parsed(rule(7, PHONE, GERMAN), rule(3, PHONE), rule(5))
    chosen = [
        rules.choose(found, Asked(one), link_id=1)
        for one in (visitor(language="de"), visitor(language="en"), visitor(device="desktop"))
    ]
    assert [one.rule.id for one in chosen if one] == [7, 3, 5]


def test_no_rule_may_hold() -> None:
    assert rules.choose(parsed(rule(1, GERMAN)), Asked(visitor()), link_id=1) is None
    assert rules.choose((), Asked(visitor()), link_id=1) is None


def test_a_rule_with_one_target_has_no_variant() -> None:
    choice = rules.choose(parsed(rule(1)), Asked(visitor()), link_id=1)
    assert choice is not None
    assert (choice.variant, choice.target) == (0, "https://e.com/1")


@pytest.mark.parametrize("weights", [(70, 30), (1, 1, 1), (1, 99), (5, 3, 2)])
def test_a_split_divides_visitors_by_its_weights(weights: tuple[int, ...]) -> None:
    counts = Counter(drawn(split(*weights)))
    shares = [counts[number] / 10_000 for number in range(1, len(weights) + 1)]
    assert shares == pytest.approx([weight / sum(weights) for weight in weights], abs=0.015)


def test_a_split_is_sticky() -> None:
    one = split(50, 50)
    chosen = {rules.choose((one,), Asked(visitor(), query, now=now), link_id=9) for query in "ab" for now in (1, 2e9)}
    assert len(chosen) == 1


def test_splits_of_two_links_and_of_two_rules_are_independent() -> None:
    one, other = split(50, 50), parsed(rule(2, variants=[{"target": "https://e.com/", "weight": 1}] * 2))[0]
    same_link = sum(a == b for a, b in zip(drawn(one), drawn(one, link_id=2), strict=True))
    same_rule = sum(a == b for a, b in zip(drawn(one), drawn(other), strict=True))
    assert (same_link / 10_000, same_rule / 10_000) == pytest.approx((0.5, 0.5), abs=0.02)


def test_changed_weights_move_only_those_who_must_move() -> None:
    moved = sum(a != b for a, b in zip(drawn(split(50, 50)), drawn(split(60, 40)), strict=True))
    assert moved / 10_000 == pytest.approx(0.1, abs=0.01)


def test_each_condition_of_each_rule_is_explained() -> None:
    traces = rules.explain(parsed(rule(7, PHONE, GERMAN), rule(3, PHONE), rule(5)), Asked(visitor(language="en")))
    assert [(one.rule.id, one.holds, one.decides) for one in traces] == [
        (7, False, False),
        (3, True, True),
        (5, True, False),
    ]
    assert traces[0].findings[1] == rules.Finding("language", "de", "en", False)


@given(st.sampled_from(["de", "en"]), st.sampled_from(["phone", "desktop"]))
def test_the_explanation_and_the_choice_agree(language: str, device: str) -> None:
    found, asked = parsed(rule(7, PHONE, GERMAN), rule(3, PHONE)), Asked(visitor(language=language, device=device))
    choice = rules.choose(found, asked, link_id=1)
    deciding = [one.rule for one in rules.explain(found, asked) if one.decides]
    assert deciding == ([choice.rule] if choice else [])


def test_the_next_change_is_the_next_date_of_any_rule() -> None:
    dates = {"type": "dates", "from": "1970-01-01T00:01:40Z", "until": "1970-01-01T00:03:20Z"}
    found = parsed(rule(1, dates), rule(2, PHONE))
    assert [rules.next_change(found, now) for now in (0, 100, 200)] == [100, 200, float("inf")]


def test_rules_know_whether_they_ask_for_the_query_and_where_they_lead() -> None:
    query = {"type": "query", "name": "a", "value": None}
    assert [rules.ask_for_query(parsed(rule(1, one))) for one in (PHONE, query)] == [False, True]
    assert rules.targets(parsed(rule(1), rule(2))) == ["https://e.com/1", "https://e.com/2"]


def test_what_is_dumped_is_parsed_again() -> None:
    found = parsed(rule(1, PHONE), rule(2, variants=[{"target": "https://e.com/", "weight": 2}] * 3))
    assert rules.parse(rules.dump(found)) == (found, [])


def test_a_target_cannot_break_a_header() -> None:
    assert parsed(rule(1, target="https://e.com/\r\nX: y"))[0].variants[0].target == "https://e.com/%0D%0AX:%20y"


@pytest.mark.parametrize(
    ("raw", "errors"),
    [
        ({}, ["Rules must be a list."]),
        ([rule(1)] * 51, ["Use at most 50 rules."]),
        (["x"], ["Rule 1: it must be an object."]),
        ([rule(1), rule(1)], ["Rule 2: the id 1 is used twice."]),
        ([rule(0)], ["Rule 1: its id must be a whole number from 1 to 65535."]),
        ([rule(1, id=True)], ["Rule 1: its id must be a whole number from 1 to 65535."]),
        ([rule(1, name="\0")], ["Rule 1: its name may have at most 100 printable characters."]),
        ([rule(1, conditions={})], ["Rule 1: its conditions must be a list of at most 20."]),
        ([rule(1, {"type": "device", "values": []})], ["Rule 1: device: give a list of values."]),
        ([rule(1, target="")], ["Rule 1: give either a target or variants."]),
        ([rule(1, target=5)], ["Rule 1: its target must be a text."]),
        ([rule(1, variants=[])], ["Rule 1: give either a target or variants."]),
        ([rule(1, variants=[{"target": "https://e.com/", "weight": 1}])], ["Rule 1: use 2 to 20 variants."]),
        (
            [rule(1, variants=[{"target": "https://e.com/", "weight": weight} for weight in (1, 0)])],
            ["Rule 1: each variant needs a target and a weight, a whole number from 1 to 1000000."],
        ),
    ],
)
def test_what_makes_no_rule_is_said_with_its_position(raw: Any, errors: list[str]) -> None:
    assert rules.parse(raw)[1] == errors


def test_an_unknown_kind_of_condition_leaves_its_rule_out_and_the_others_in() -> None:
    found, errors = rules.parse([rule(1, {"type": "mood"}), rule(2)])
    assert [one.id for one in found] == [2]
    assert len(errors) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([
        "id", "name", "conditions", "type", "values", "target", "variants", "weight", "from", "until", "value"
    ]), inner, max_size=4),
)  # fmt: skip


@given(JSON)
def test_no_json_breaks_the_parser(raw: Any) -> None:
    found, errors = rules.parse(raw)
    assert found or errors or raw == []
