from typing import Any

import pytest

from shortener.services import rule_lists
from tests.shortener.torture import ACCEPTED, REFUSED

pytestmark = pytest.mark.django_db

pytestmark = pytest.mark.django_db

SERVED = frozenset({"localhost"})


def rule(**given: Any) -> dict[str, Any]:
    return {"id": 1, "name": "", "conditions": [], "target": "https://example.org/"} | given


def test_targets_are_kept_in_their_canonical_form() -> None:
    stored, errors = rule_lists.clean([rule(target="HTTPS://Example.org")], served=SERVED)
    assert (stored[0]["target"], errors) == ("https://example.org/", [])


def test_so_are_those_of_a_split() -> None:
    split = {
        "id": 1,
        "variants": [{"target": "https://A.example", "weight": 3}, {"target": "http://b.example", "weight": 1}],
    }
    stored, errors = rule_lists.clean([split], served=SERVED)
    assert rule_lists.targets_of(stored) == ["https://a.example/", "http://b.example/"]
    assert errors == []


def test_a_rule_without_an_id_gets_the_next_free_one() -> None:
    given = [rule(id=None), rule(id=7), {"target": "https://example.org/"}]
    assert [one["id"] for one in rule_lists.clean(given, served=SERVED)[0]] == [8, 7, 9]


def test_all_errors_name_the_position_of_their_rule() -> None:
    wrong = [
        rule(target="ftp://x"),
        rule(id=1, conditions=[{"type": "moon"}]),
        rule(id=3, target="http://localhost:8001/x"),
    ]
    errors = rule_lists.clean(wrong, served=SERVED)[1]
    assert [error[:7] for error in sorted(errors)] == ["Rule 1:", "Rule 2:", "Rule 2:", "Rule 3:"]


def test_a_bad_target_of_a_split_is_named_by_its_number() -> None:
    split = {"id": 1, "variants": [{"target": "https://a.example", "weight": 1}, {"target": "data:x", "weight": 1}]}
    assert rule_lists.clean([split], served=SERVED)[1][-1].startswith("Rule 1: variant 2: Only http://")


@pytest.mark.parametrize(
    "raw", [{}, "x", 1, [1], [[]], [{"variants": 3}], [{"variants": [1, 2]}], [{}] * 51, [{"id": "1"}]]
)
def test_what_is_no_list_of_rules_is_refused(raw: Any) -> None:
    assert rule_lists.clean(raw, served=SERVED)[1]


def test_what_was_given_is_left_as_it_was() -> None:
    given = [rule(id=None, target="HTTP://a.example")]
    rule_lists.clean(given, served=SERVED)
    assert given == [rule(id=None, target="HTTP://a.example")]


def test_no_rules_are_no_error() -> None:
    assert rule_lists.clean([], served=SERVED) == ([], [])
    assert rule_lists.clean(None, served=SERVED) == ([], [])


def test_a_rule_answers_the_torture_list() -> None:
    kept = {text: rule_lists.clean([rule(target=text)], served=SERVED) for text in ACCEPTED}
    assert {text: errors for text, (_, errors) in kept.items() if errors} == {}
    assert {text: stored[0]["target"] for text, (stored, _) in kept.items()} == ACCEPTED
    assert [text for text in REFUSED if not rule_lists.clean([rule(target=text)], served=SERVED)[1]] == []
