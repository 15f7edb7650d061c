"""The calculators of scaling."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db
URL = "/capacity/calculator/"


def test_the_threshold(vera: Any, client_for: Any) -> None:
    assert b"75 %" in client_for(vera).get(URL, {"reservation": "512", "capacity": "2048"}).content


def test_the_instances(vera: Any, client_for: Any) -> None:
    body = client_for(vera).get(URL, {"peak": "1000", "per_instance": "100", "headroom": "25"}).content
    assert b"13 <small>instances" in body


@pytest.mark.parametrize(
    ("query", "form", "field"),
    [
        ({"reservation": "4096", "capacity": "2048"}, "scaling", "reservation"),
        ({"reservation": "x", "capacity": "2048"}, "scaling", "reservation"),
        ({"peak": "5", "per_instance": "0", "headroom": "25"}, "instances", "per_instance"),
        ({"peak": "-5", "per_instance": "1", "headroom": "25"}, "instances", "peak"),
    ],
    ids=["too large", "word", "nothing", "negative"],
)
def test_wrong_input_is_named(vera: Any, client_for: Any, query: dict[str, str], form: str, field: str) -> None:
    assert field in client_for(vera).get(URL, query).context[form].errors


def test_nothing_is_calculated_unasked(vera: Any, client_for: Any) -> None:
    context = client_for(vera).get(URL).context
    assert (context["threshold"], context["needed"]) == (None, None)
