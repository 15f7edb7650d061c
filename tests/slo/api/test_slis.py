"""SLIs over the API."""

from typing import Any

import pytest

from tests.factories.slo import SliFactory
from tests.factories.sources import PrometheusServerFactory

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


RATIO = {"mode": "ratio", "bad": "e_total", "total": "t_total"}


def made(client: Any, **more: Any) -> Any:
    body = {"service": "checkout", "name": "orders", "kind": "push"} | more
    return client.post("/api/v1/slis/", body, format="json")


def of_prometheus(client: Any, server: Any, **more: Any) -> Any:
    settings = RATIO | {"server": server.public_id}
    return made(client, **{"kind": "prometheus", "settings": settings, "backfill_days": 7} | more)


def test_an_sli_of_pushes_is_made(service: Any, api_for: Any) -> None:
    response = made(api_for("slos:write"), watches_volume=True)
    assert response.status_code == 201
    assert (response.json()["kind"], response.json()["watches_volume"]) == ("push", True)


def test_an_sli_of_prometheus_is_made(service: Any, api_for: Any) -> None:
    response = of_prometheus(api_for("slos:write"), PrometheusServerFactory(team=service.team), every_minutes=2)
    assert response.status_code == 201
    assert (response.json()["every_seconds"], response.json()["settings"]["total"]) == (120, "t_total")


def test_a_number_may_be_a_number(service: Any, api_for: Any) -> None:
    server = PrometheusServerFactory(team=service.team)
    gauge = {"server": server.public_id, "mode": "gauge", "query": "age", "comparison": "<", "limit": 10}
    response = of_prometheus(api_for("slos:write"), server, settings=gauge)
    assert (response.status_code, response.json().get("settings", {}).get("limit")) == (201, "10")


def test_a_wrong_setting_is_named_by_its_path(service: Any, api_for: Any) -> None:
    server = PrometheusServerFactory(team=service.team)
    settings = RATIO | {"server": server.public_id, "total": "rate(t_total[5m])", "colour": 1}
    errors = of_prometheus(api_for("slos:write"), server, settings=settings).json()["errors"]
    assert sorted(errors) == ["settings.colour", "settings.total"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"kind": "probe"}, ["kind"]),
        ({"settings": {}, "backfill_days": 1}, ["backfill_days", "settings"]),
        ({"kind": "prometheus"}, ["settings"]),
        ({"kind": "prometheus", "settings": {"server": "prm_x"}}, ["server"]),
        ({"kind": "prometheus", "settings": {"server": 5}}, ["settings"]),
        ({"service": "nothing"}, ["service"]),
        ({"name": "", "color": 1}, ["color", "name"]),
    ],
    ids=range(7),
)
def test_what_is_wrong_is_named(service: Any, api_for: Any, body: Any, fields: list[str]) -> None:
    response = made(api_for("slos:write"), **body)
    assert (response.status_code, sorted(response.json()["errors"])) == (422, fields)


def test_a_server_of_another_team_is_refused(service: Any, api_for: Any) -> None:
    response = of_prometheus(api_for("slos:write"), PrometheusServerFactory())
    assert list(response.json()["errors"]) == ["server"]


def test_a_query_is_changed(service: Any, api_for: Any) -> None:
    client, server = api_for("slos:write", "slos:read"), PrometheusServerFactory(team=service.team)
    sli = of_prometheus(client, server).json()
    settings = RATIO | {"server": server.public_id, "total": "all_total"}
    response = client.patch(f"/api/v1/slis/{sli['id']}/", {"settings": settings}, format="json")
    assert (response.status_code, response.json()["settings"]["total"]) == (200, "all_total")


def test_the_watch_is_switched(service: Any, api_for: Any) -> None:
    sli = SliFactory(service=service)
    client = api_for("slos:write")
    response = client.patch(f"/api/v1/slis/{sli.public_id}/", {"watches_volume": True}, format="json")
    assert response.json()["watches_volume"] is True
    response = client.patch(f"/api/v1/slis/{sli.public_id}/", {"kind": "push"}, format="json")
    assert list(response.json()["errors"]) == ["kind"]


def test_only_managers_make_and_change(service: Any, api_for: Any, bob: Any) -> None:
    client, sli = api_for("slos:write", user=bob), SliFactory(service=service)
    assert made(client).status_code == 403
    assert client.patch(f"/api/v1/slis/{sli.public_id}/", {}, format="json").status_code == 403
    assert made(api_for("slos:read")).status_code == 403
