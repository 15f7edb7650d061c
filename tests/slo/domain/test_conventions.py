"""How things that are measured are called (handbook M14: names consistent, units present)."""

import pytest

from slo.domain.conventions import doubles, metric_problems, name_problems


@pytest.mark.parametrize("name", ["Checkout answers", "API latency", "99th percentile", "Élan", "DNS"])
def test_a_name_that_follows_the_convention(name: str) -> None:
    assert name_problems(name) == []


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("checkout answers", "does not begin with a capital letter"),
        ("Checkout_answers", "has underscores instead of spaces"),
        ("Checkout answers.", "ends in a full stop"),
        ("C" + "x" * 60, "is longer than 60 characters"),
        ("CHECKOUT ANSWERS", "is all in capitals"),
    ],
    ids=["small", "underscore", "stop", "long", "capitals"],
)
def test_a_name_that_breaks_it_says_how(name: str, problem: str) -> None:
    assert name_problems(name) == [problem]


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ('http_requests_total{code="200"}', []),
        ("rate(http_seconds_bucket[5m])", []),
        ("job:http_errors:rate5m{}", []),
        ("rate(http_requests[5m])", ["http_requests does not end in a unit"]),
        ('rate(b[5m]) / rate(a{x="1"}[5m])', ["a does not end in a unit", "b does not end in a unit"]),
    ],
    ids=["total", "bucket", "recorded", "no-unit", "two"],
)
def test_a_metric_says_its_unit(query: str, problems: list[str]) -> None:
    assert metric_problems(query) == problems


def test_names_are_doubles_whatever_their_case_and_spaces() -> None:
    assert doubles(["Home page", "home  Page", "Checkout"]) == {"home page"}
