"""Inhibition has the semantics of Alertmanager."""

import pytest

from oncall.domain import inhibition
from oncall.domain.inhibition import Fact, Rule
from oncall.domain.matchers import parse

RULE = Rule(parse('severity="critical"'), parse('severity=~"warning|info"'), ("cluster",))
TWO_SIDED = Rule(parse('kind="net"'), parse('kind=~"net|app"'), ())


def fact(number: int, **labels: str) -> Fact:
    return Fact(number, labels)


@pytest.mark.parametrize(
    ("target", "alerts", "by"),
    [
        (fact(1, severity="warning", cluster="a"), [fact(2, severity="critical", cluster="a")], 2),
        (fact(1, severity="warning", cluster="a"), [fact(2, severity="critical", cluster="b")], None),
        (fact(1, severity="warning", cluster="a"), [fact(2, severity="info", cluster="a")], None),
        (fact(1, severity="critical", cluster="a"), [fact(2, severity="critical", cluster="a")], None),
        (fact(1, severity="warning"), [fact(2, severity="critical")], 2),
        (fact(1, severity="warning", cluster=""), [fact(2, severity="critical")], 2),
        (fact(1, severity="warning", cluster="a"), [fact(2, severity="critical")], None),
        (fact(1, severity="warning", cluster="a"), [], None),
    ],
    ids=[
        "inhibits",
        "other-cluster",
        "no-source",
        "no-target",
        "both-missing",
        "empty-is-missing",
        "one-missing",
        "none",
    ],
)
def test_a_rule_with_an_equal_label(target: Fact, alerts: list[Fact], by: int | None) -> None:
    assert inhibition.inhibitor([RULE], target, alerts) == by


def test_an_alert_never_inhibits_itself() -> None:
    everything = Rule((), (), ())
    assert inhibition.inhibitor([everything], fact(1), [fact(1)]) is None


def test_two_that_match_both_sides_leave_each_other_alone() -> None:
    assert inhibition.inhibitor([TWO_SIDED], fact(1, kind="net"), [fact(2, kind="net")]) is None


def test_one_that_matches_both_sides_still_inhibits_a_plain_target() -> None:
    assert inhibition.inhibitor([TWO_SIDED], fact(1, kind="app"), [fact(2, kind="net")]) == 2


def test_a_plain_source_inhibits_one_that_matches_both_sides() -> None:
    rule = Rule(parse('kind=~"net|power"'), parse('kind=~"net|app"'), ())
    assert inhibition.inhibitor([rule], fact(1, kind="net"), [fact(2, kind="power")]) == 2


def test_the_first_rule_that_finds_an_inhibitor_decides() -> None:
    never = Rule(parse('kind="none"'), (), ())
    assert (
        inhibition.inhibitor([never, TWO_SIDED], fact(1, kind="app"), [fact(3, kind="net"), fact(2, kind="net")]) == 3
    )
