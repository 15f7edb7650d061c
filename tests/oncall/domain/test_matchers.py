"""Matchers agree with Alertmanager, come from text or JSON, and name what is wrong with them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.domain import matchers
from oncall.domain.matchers import BadMatchers, Matcher

LABELS = {"severity": "critical", "team": "db", "pod": "api-7"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('severity="critical"', True),
        ('severity="crit"', False),
        ('severity!="warning"', True),
        ('team=~"db|web"', True),
        ('team=~"d"', False),
        ('team=~".*b"', True),
        ('team!~"web|edge"', True),
        ('pod=~"api-[0-9]+"', True),
        ('pod!~"api-.*"', False),
        ('missing=""', True),
        ('missing!=""', False),
        ('missing=~".+"', False),
        ('missing=~"|x"', True),
        ('missing!~".+"', True),
        ('severity="critical", team="web"', False),
        ('{severity="critical",team="db",}', True),
        ("", True),
    ],
)
def test_a_line_of_matchers_against_labels(text: str, expected: bool) -> None:
    assert matchers.match(matchers.parse(text), LABELS) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("severity=critical", Matcher("severity", "=", "critical")),
        (' severity = "critical" ', Matcher("severity", "=", "critical")),
        ("team =~ a|b", Matcher("team", "=~", "a|b")),
        (r'msg="a \"b\" \\ c"', Matcher("msg", "=", 'a "b" \\ c')),
        (r'msg=~"x\\.y"', Matcher("msg", "=~", r"x\.y")),
        ('"a label"="b"', Matcher("a label", "=", "b")),
        ("empty=", Matcher("empty", "=", "")),
        ("title=Two words", Matcher("title", "=", "Two words")),
        ('a="b,c"', Matcher("a", "=", "b,c")),
    ],
)
def test_one_matcher_is_read(text: str, expected: Matcher) -> None:
    assert matchers.parse(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("severity", "Write name=\"value\", not 'severity'."),
        ('a="b" c="d"', 'Write name="value", not \'a="b" c="d"\'.'),
        ('a="b', 'Write name="value", not \'a="b\'.'),
        ('a=~"("', "a: this is no pattern (RE2): missing ): (."),
        ('a=~"(?=b)"', "a: this is no pattern (RE2): invalid perl operator: (?=."),
        ('a="\x00"', "a: a value has at most 1000 characters and no NUL."),
        (",".join(31 * ["a=b"]), "At most 30 matchers stand together."),
    ],
)
def test_a_line_that_is_wrong_says_why(text: str, problem: str) -> None:
    with pytest.raises(BadMatchers) as caught:
        matchers.parse(text)
    assert caught.value.problems == [problem]


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(BadMatchers) as caught:
        matchers.from_json([{"name": "a", "op": "=~", "value": "("}, {"name": "", "op": "=", "value": "x"}])
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ({}, "Matchers are a list of objects with name, op and value."),
        ([3], "Matcher 1 is an object with name, op and value."),
        ([{"name": "a", "op": "=", "value": 3}], "Matcher 1: value is a text."),
        ([{"name": "a", "op": "=", "value": "b", "regex": True}], "Matcher 1: there is no 'regex'."),
        ([{"name": "a", "op": "==", "value": "b"}], "a: the operator is one of =, !=, =~, !~, not '=='."),
        ([{"name": "a", "op": "=~", "value": "\ud800"}], "a: this is no pattern (RE2): it holds a broken character."),
    ],
)
def test_rows_that_are_wrong_say_why(rows: Any, problem: str) -> None:
    with pytest.raises(BadMatchers) as caught:
        matchers.from_json(rows)
    assert caught.value.problems == [problem]


def test_a_pattern_that_would_run_for_ever_elsewhere_answers_at_once() -> None:
    assert not matchers.match(matchers.parse('a=~"(a*)*b"'), {"a": 5000 * "a"})


@given(st.lists(st.builds(Matcher, st.text(min_size=1, max_size=9), st.sampled_from(["=", "!="]), st.text(max_size=9))))
def test_text_is_read_back(found: list[Matcher]) -> None:
    sound = [one for one in found if not matchers.problems([one])][: matchers.MOST]
    assert matchers.parse(matchers.text_of(sound)) == tuple(sound)


def test_json_is_read_back() -> None:
    rows = [{"name": "a", "op": "!~", "value": "b|c"}]
    assert matchers.to_json(matchers.from_json(rows)) == rows
    assert matchers.stored(rows) == matchers.from_json(rows)


def test_matchers_of_labels_hold_for_them_alone() -> None:
    found = matchers.of_labels(LABELS)
    assert matchers.match(found, LABELS)
    assert not matchers.match(found, LABELS | {"pod": "api-8"})
