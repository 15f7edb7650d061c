"""The calculator."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def test_it_starts_with_three_nines(vera: Any, client_for: Any) -> None:
    page = client_for(vera).get("/slos/calculator/").content
    assert b"43.2 minutes of full outage" in page
    assert b"99.999 %" in page
    assert b'value="99.9"' in page


def test_it_says_which_rules_cannot_fire(vera: Any, client_for: Any) -> None:
    assert b"cannot fire" in client_for(vera).get("/slos/calculator/?objective=90").content


def test_a_form_gets_only_its_part(vera: Any, client_for: Any) -> None:
    page = client_for(vera).get("/slos/calculator/?objective=99.5", headers={"HX-Request": "true"}).content
    assert b"216 minutes of full outage" in page
    assert b"<html" not in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_is_no_objective_is_told(vera: Any, client_for: Any, headers: dict[str, str]) -> None:
    page = client_for(vera).get("/slos/calculator/?objective=120", headers=headers).content
    assert b"An objective lies between 50 % and 99.9999 %" in page


def test_counts_give_a_budget(vera: Any, client_for: Any) -> None:
    page = client_for(vera).get("/slos/calculator/?objective=99&good=990&total=1000").content
    assert b"1,000 events x 1 % = 10 bad events are allowed" in page


def test_any_period_has_nines(vera: Any, client_for: Any) -> None:
    page = client_for(vera).get("/slos/calculator/?objective=99.9&window=year").content
    assert b"Down in 365 days" in page
    assert b"8 h 45 min" in page


def test_a_smaller_fault_is_seen_later(vera: Any, client_for: Any) -> None:
    page = client_for(vera).get("/slos/calculator/?objective=99.9&bad_ratio=1").content
    assert b"Sees a fault of 1 % in" in page
    assert b"never" in page


def test_a_rule_says_until_when_its_alert_lasts(vera: Any, client_for: Any) -> None:
    """5 min x (1 - 14.4 x 5 %) = 84 s, and with nine tenths of the threshold 105.6 s."""
    page = client_for(vera).get("/slos/calculator/?objective=95").content
    assert b"1 min 24 s" in page
    assert b"alert until 1 min 46 s" in page
