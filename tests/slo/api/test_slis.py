"""SLIs over the API."""

from typing import Any

import pytest

from tests.factories.slo import SliFactory

pytestmark = pytest.mark.django_db


def test_slis_are_listed(service: Any, api_for: Any) -> None:
    sli = SliFactory(service=service, source="tests.mails", problem="2 good of 1")
    SliFactory()
    (item,) = api_for("slos:read").get("/api/v1/slis/?service=checkout").json()["items"]
    assert (item["id"], item["source"], item["every_seconds"]) == (sli.public_id, "tests.mails", 60)
    assert (item["probe"], item["problem"]) == (None, "2 good of 1")


def test_one_is_shown(service: Any, api_for: Any) -> None:
    sli = SliFactory(service=service)
    assert api_for("slos:read").get(f"/api/v1/slis/{sli.public_id}/").json()["name"] == sli.name


def test_they_cannot_be_written(api_for: Any) -> None:
    assert api_for("slos:write").post("/api/v1/slis/", {}).status_code == 405
