"""/api/v1/queries/"""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.slo import SliFactory, minutes

pytestmark = pytest.mark.django_db
URL = "/api/v1/queries/"


def test_an_answer_has_a_value_for_each_step(api_for: Callable[..., Any], service: Any) -> None:
    end = timezone.now().replace(second=0, microsecond=0)
    minutes(SliFactory(service=service), end=end, pairs=[(8, 10)])
    answer = api_for("slos:read").get(URL + "run/", {"measure": "bad", "last": "1h", "by": "service"}).json()
    assert (answer["unit"], [line["label"] for line in answer["lines"]]) == ("events", ["Checkout"])
    assert len(answer["lines"][0]["values"]) == len(answer["steps"])
    assert [value for value in answer["lines"][0]["values"] if value is not None] == [2.0]


def test_what_cannot_be_asked_names_the_field(api_for: Callable[..., Any]) -> None:
    answer = api_for("slos:read").get(URL + "run/", {"measure": "latency", "way": "sum"})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["way"])


def test_a_query_is_kept_listed_and_forgotten(api_for: Callable[..., Any], team: Any) -> None:
    api = api_for("slos:read", "slos:write")
    body = {"team": "payments", "title": "Bad today", "asked": {"measure": "bad", "last": "24h"}}
    made = api.post(URL, body, format="json")
    assert (made.status_code, made.json()["asked"]) == (201, {"measure": "bad", "last": "24h"})
    assert [one["title"] for one in api.get(URL).json()["items"]] == ["Bad today"]
    assert api.delete(f"{URL}{made.json()['id']}/").status_code == 204
    assert api.delete(f"{URL}{made.json()['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"team": "nobody", "title": "x", "asked": {}}, "team"),
        ({"team": "payments", "title": "", "asked": {}}, "title"),
        ({"team": "payments", "title": "x", "asked": {"measure": "sql"}}, "asked"),
    ],
    ids=["team", "title", "measure"],
)
def test_what_cannot_be_kept_names_the_field(
    api_for: Callable[..., Any], team: Any, body: dict[str, Any], field: str
) -> None:
    answer = api_for("slos:read", "slos:write").post(URL, body, format="json")
    assert answer.status_code == 422
    assert {name.partition(".")[0] for name in answer.json()["errors"]} == {field}


def test_reading_does_not_allow_keeping(api_for: Callable[..., Any], team: Any) -> None:
    assert api_for("slos:read").post(URL, {}, format="json").status_code == 403
