import pytest
from django.test import Client
from prometheus_client import REGISTRY


def count(route: str, method: str, status: int) -> float:
    labels = {"route": route, "method": method, "status": str(status)}
    return REGISTRY.get_sample_value("portal_http_requests_total", labels) or 0.0


@pytest.mark.django_db
def test_a_request_counts_under_its_template_and_not_its_path(client: Client) -> None:
    before = count("api/v1/schema/", "GET", 200)
    client.get("/api/v1/schema/?lang=x")
    assert count("api/v1/schema/", "GET", 200) == before + 1


@pytest.mark.django_db
def test_unknown_paths_share_one_label(client: Client) -> None:
    before = count("unmatched", "GET", 404)
    client.get("/no/such/path-1")
    client.get("/no/such/path-2")
    assert count("unmatched", "GET", 404) == before + 2


@pytest.mark.django_db
def test_the_probes_of_machines_are_not_traffic(client: Client) -> None:
    client.get("/healthz")
    assert count("healthz", "GET", 200) == 0


@pytest.mark.django_db
def test_an_invented_method_makes_no_label(client: Client) -> None:
    before = count("unmatched", "OTHER", 404)
    client.generic("BREW", "/no/such/path")
    assert count("unmatched", "OTHER", 404) == before + 1
