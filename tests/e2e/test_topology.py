"""The compose file's topology, run as processes: balanced, routed by host, and alive when instances die."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.e2e.running import RunningPortal, wait_until
from tests.e2e.topology import Topology, total

pytestmark = pytest.mark.needs_nginx


@pytest.fixture(scope="module")
def topology(portal: RunningPortal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Topology]:
    found = Topology(portal, tmp_path_factory.mktemp("topology"))
    try:
        yield found.open()
    finally:
        found.close()


@pytest.fixture(scope="module")
def link(topology: Topology) -> str:
    """The path of a link that was made through nginx."""
    token = topology.portal.manage("create_token", "--scopes", "links:write", "--team", "platform").strip()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = json.dumps({"target": "https://example.com/topology"}).encode()
    request = Request(topology.url("/api/v1/links/"), data=body, headers=headers, method="POST")
    with urlopen(request, timeout=10) as response:
        return str(urlsplit(json.load(response)["short_url"]).path)


@pytest.fixture(scope="module")
def reader(topology: Topology) -> str:
    """A token that may read links."""
    return topology.portal.manage("create_token", "--scopes", "links:read", "--team", "platform").strip()


def portal_host(topology: Topology) -> str:
    return f"127.0.0.1:{topology.port}"


def link_host(topology: Topology) -> str:
    return urlsplit(topology.portal.link_url).netloc


def test_the_host_decides_between_pages_and_links(topology: Topology, link: str) -> None:
    assert topology.get(link, link_host(topology)) == (302, "https://example.com/topology")
    assert topology.get("/accounts/login/", portal_host(topology))[0] == 200
    assert topology.get("/accounts/login/", link_host(topology))[0] == 404


def test_both_instances_of_each_kind_take_their_share(topology: Topology, link: str) -> None:
    """nginx leaves an instance that failed alone for some seconds, so the shares are waited for."""
    counters = [(one, "portal_http_requests") for one in topology.web] + [
        (one, "edge_requests") for one in topology.edge
    ]
    before = [total(one, name) for one, name in counters]

    def all_took_some() -> bool:
        topology.get("/accounts/login/", portal_host(topology))
        topology.get(link, link_host(topology))
        return all(total(one, name) > was for (one, name), was in zip(counters, before, strict=True))

    assert wait_until(all_took_some)


def test_the_metrics_are_not_shown_to_the_world(topology: Topology) -> None:
    assert topology.get("/metrics", portal_host(topology))[0] == 403


def test_instances_that_die_are_not_missed(topology: Topology, link: str) -> None:
    topology.kill_seconds()
    pages = {topology.get("/accounts/login/", portal_host(topology))[0] for _ in range(8)}
    links = {topology.get(link, link_host(topology))[0] for _ in range(8)}
    topology.add_seconds()
    assert (pages, links) == ({200}, {302})


def test_the_clicks_of_both_edges_are_counted(topology: Topology, link: str, reader: str) -> None:
    def counted() -> int:
        url = f"{topology.portal.base_url}/api/v1/links/?slug={link.strip('/')}"
        with urlopen(Request(url, headers={"Authorization": f"Bearer {reader}"}), timeout=10) as response:
            (found,) = json.load(response)["items"]
        return sum(found["clicks"].values())

    before = counted()
    for _ in range(6):
        topology.get(link, link_host(topology))
    assert wait_until(lambda: counted() >= before + 6)
