"""The forecast over the API."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from slo.api.forecasts import number

pytestmark = pytest.mark.django_db
URL = "/api/v1/forecasts/preview/"
START = date(2026, 1, 1)


@pytest.fixture
def ask(api_for: Any) -> Any:
    """Asks with a token that has nothing to do with capacity."""
    api = api_for("links:read")
    return lambda **body: api.post(URL, body)


def series(values: list[Any]) -> list[list[Any]]:
    return [[(START + timedelta(days=n)).isoformat(), value] for n, value in enumerate(values)]


def test_a_line(ask: Any) -> None:
    response = ask(points=series([10 + 2 * x for x in range(30)]), limit=100, lead_time_days=14)
    body = response.json()
    assert (response.status_code, body.pop("why")[:11]) == (200, "A line fits")
    assert body == {
        "state": "growing",
        "model": "linear",
        "slope_per_day": 2.0,
        "growth_per_day": 0.0294117647059,
        "r2": 1.0,
        "crossing": {"earliest": "2026-02-15", "likely": "2026-02-15", "latest": "2026-02-15"},
        "backtest_error": 0.0,
    }


def test_growth_by_a_share(ask: Any) -> None:
    body = ask(points=series([100 * 1.01**x for x in range(60)]), limit=250).json()
    assert (body["model"], body["growth_per_day"]) == ("exponential", 0.01)
    assert body["crossing"]["likely"] == "2026-04-04"


def test_undefined_is_null(ask: Any) -> None:
    body = ask(points=[], limit=5).json()
    assert body.pop("why") == "0 days have a value; a forecast needs 14."
    assert body.pop("state") == "insufficient_data"
    assert set(body.values()) == {None}


def test_a_constant_series_is_flat_and_has_no_r2(ask: Any) -> None:
    body = ask(points=series([5] * 14), limit=5.0).json()
    assert (body["state"], body["r2"], body["slope_per_day"], body["crossing"]) == ("flat", None, 0.0, None)


def test_gaps_repeats_order_and_sign_are_taken_as_they_come(ask: Any) -> None:
    points = [point for point in series([x - 30 for x in range(40)]) if point[1] % 5]
    body = ask(points=[*points[::-1], [points[3][0], -999]], limit=20).json()
    assert (body["state"], body["slope_per_day"]) == ("growing", 1.0)
    assert body["crossing"]["likely"] == "2026-02-20"


def test_ten_thousand_points(ask: Any) -> None:
    first = date(1990, 1, 1)
    points = [[(first + timedelta(days=n)).isoformat(), n + 1] for n in range(10_000)]
    assert ask(points=points, limit=10_010).json()["crossing"]["likely"] == "2017-05-28"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"points": None}, "points"),
        ({"points": [["2026-13-01", 1]]}, "points"),
        ({"points": [["2026-01-01", "much"]]}, "points"),
        ({"points": [["2026-01-01", 1]] * 10_001}, "points"),
        ({"limit": None}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"limit": 1e300}, "limit"),
        ({"lead_time_days": -1}, "lead_time_days"),
        ({"lead_time_days": 10**30}, "lead_time_days"),
        ({"colour": "red"}, "colour"),
    ],
    ids=["null", "no day", "no number", "too many", "no limit", "word", "huge", "negative", "vast", "unknown"],
)
def test_what_is_wrong_is_named(ask: Any, change: dict[str, Any], field: str) -> None:
    response = ask(**{"points": series([1, 2]), "limit": 9, **change})
    assert response.status_code == 422
    assert field in response.json()["errors"]


def test_all_fields_are_named_at_once(ask: Any) -> None:
    assert set(ask(points=5, lead_time_days="x").json()["errors"]) == {"points", "limit", "lead_time_days"}


def test_a_token_is_needed(client: Any) -> None:
    assert client.post(URL, "{}", content_type="application/json").status_code == 401


def test_no_number_of_the_answer_is_outside_of_json(ask: Any) -> None:
    values = [1e-30 * 10 ** min(x, 59) for x in range(60)]
    body = ask(points=series(values), limit=1e30).json()
    assert "Infinity" not in json.dumps(body)
    assert number(Decimal("1e5000")) is None
