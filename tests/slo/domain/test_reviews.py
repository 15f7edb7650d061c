"""What a review is told."""

from datetime import timedelta
from fractions import Fraction

import pytest

from slo.domain.reviews import AlertFacts, Evidence, hints

FALSE = AlertFacts(timedelta(minutes=10), was_taken=False)
TAKEN = AlertFacts(timedelta(minutes=5), was_taken=True)
LONG = AlertFacts(timedelta(hours=1), was_taken=False)
OPEN = AlertFacts(None, was_taken=False)
HALF, ALL = Fraction(1, 2), Fraction(1)


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        pytest.param(Evidence(HALF, ALL), ["The objective fits"], id="fits"),
        pytest.param(Evidence(None, None), ["There were no events"], id="no events"),
        pytest.param(Evidence(Fraction(2), ALL, [TAKEN]), ["200 % of the budget"], id="tight"),
        pytest.param(Evidence(Fraction(2), ALL), ["200 % of the budget", "No rule fired"], id="rules miss it"),
        pytest.param(Evidence(Fraction(1, 20), ALL), ["Only 5 % of the budget"], id="loose"),
        pytest.param(Evidence(HALF, ALL, [FALSE, LONG]), ["1 of 2 alerts"], id="cries wolf"),
        pytest.param(Evidence(HALF, ALL, [FALSE, LONG, OPEN]), ["The objective fits"], id="mostly true alarms"),
        pytest.param(Evidence(HALF, Fraction(8, 10)), ["Only 80 % was measured"], id="coverage"),
        pytest.param(Evidence(ALL, Fraction(9, 10)), ["The objective fits"], id="exactly spent"),
    ],
)
def test_hints(evidence: Evidence, told: list[str]) -> None:
    found = hints(evidence)
    assert len(found) == len(told)
    assert all(line.startswith(start) for line, start in zip(found, told, strict=True))


def test_only_what_nobody_took_and_ended_soon_is_a_false_alarm() -> None:
    assert [alert.is_false for alert in (FALSE, TAKEN, LONG, OPEN)] == [True, False, False, False]
