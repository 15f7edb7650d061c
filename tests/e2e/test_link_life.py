"""The life of links in the real processes: made, imported, followed, limited, counted, banned, exported."""

import http.client
import json
import os
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.running import ROOT, RunningPortal, wait_until

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605 Version/18.5 Mobile/15E148 Safari/604.1"
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"
ROWS = 1200
KUTT = [
    {"address": f"moved-{n}", "target": f"https://old.example/{n}", "description": f"Page {n}", "visit_count": n % 5}
    for n in range(ROWS)
]


class Client:
    """A program with a token, and a visitor of the short links."""

    def __init__(self, portal: RunningPortal) -> None:
        self.portal = portal
        self.token = portal.manage("create_token", "--scopes", "admin").strip()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON that the API answers with; a refusal fails the test with its problem."""
        base = urlsplit(self.portal.base_url)
        connection = http.client.HTTPConnection(base.hostname or "", base.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status < 300, text
        return json.loads(text) if answer.headers.get_content_type() == "application/json" else text

    def follow(self, slug: str, agent: str = DESKTOP, **headers: str) -> tuple[int, str]:
        """The status and the location that a visitor gets from the edge."""
        base = urlsplit(self.portal.link_url)
        connection = http.client.HTTPConnection(base.hostname or "", base.port, timeout=10)
        connection.request("GET", f"/{slug}", headers={"User-Agent": agent, **headers})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")

    def srelink(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The command-line client as a process of its own."""
        place = {"SRELINK_URL": self.portal.base_url, "SRELINK_TOKEN": self.token, "PYTHONPATH": str(ROOT)}
        kept = {"PATH": os.environ["PATH"], "HOME": str(self.portal.data_dir)}
        argv = [sys.executable, "-m", "portal.srelink", *words]
        return subprocess.run(argv, env=kept | place, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def client(portal: RunningPortal) -> Client:
    return Client(portal)


def test_a_phone_is_sent_elsewhere_than_a_desktop(client: Client) -> None:
    rule = {"name": "Phones", "conditions": [{"type": "device", "values": ["phone"]}], "target": "https://m.example/"}
    client.call("POST", "/links/", {"target": "https://www.example/", "slug": "by-device", "rules": [rule]})
    assert client.follow("by-device") == (302, "https://www.example/")
    assert client.follow("by-device", PHONE) == (302, "https://m.example/")


def test_a_limit_lets_exactly_so_many_people_in(client: Client) -> None:
    client.call("POST", "/links/", {"target": "https://www.example/", "slug": "three-only", "max_visits": 3})
    wait_until(lambda: client.follow("three-only", "Googlebot/2.1")[0] == 302)
    assert [client.follow("three-only")[0] for _ in range(5)] == [302, 302, 302, 410, 410]


def test_a_password_is_asked_for_on_the_portal(client: Client) -> None:
    client.call("POST", "/links/", {"target": "https://www.example/", "slug": "secret", "password": "open sesame"})
    status, location = client.follow("secret")
    assert status == 303
    assert location.startswith(client.portal.base_url)
    assert client.follow("secret", Accept="application/json")[0] == 401


def test_a_ban_is_in_force_within_a_second_and_ends_when_it_is_lifted(client: Client) -> None:
    client.call("POST", "/links/", {"target": "https://bad.example/", "slug": "bad-one"})
    assert client.follow("bad-one")[0] == 302
    ban = client.call("POST", "/bans/", {"kind": "host", "value": "bad.example", "reason": "phishing"})
    wait_until(lambda: client.follow("bad-one")[0] == 451, seconds=1)
    client.call("DELETE", f"/bans/{ban['id']}/")
    wait_until(lambda: client.follow("bad-one")[0] == 302, seconds=1)


def test_links_move_in_with_their_visits_and_a_repeat_changes_nothing(client: Client) -> None:
    text = json.dumps({"total": ROWS, "data": KUTT})
    draft = {"text": text, "file_name": "kutt.json", "start": True}
    first, second = (_imported(client, draft) for _ in range(2))
    assert (first["created"], first["failed"]) == (ROWS, 0)
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, ROWS)
    assert client.follow("moved-7") == (302, "https://old.example/7")


def _imported(client: Client, draft: dict[str, Any]) -> Any:
    job = client.call("POST", "/imports/", draft)
    return wait_until(
        lambda: (found := client.call("GET", f"/imports/{job['id']}/"))["state"] == "done" and found, seconds=60
    )


def test_clicks_reach_the_numbers_and_the_command_line(client: Client) -> None:
    link = client.call("POST", "/links/", {"target": "https://www.example/", "slug": "counted"})
    assert {client.follow("counted")[0] for _ in range(20)} == {302}
    wait_until(lambda: client.call("GET", f"/links/{link['id']}/stats/")["people"] == 20)
    shown = client.srelink("stats", "counted", "--json")
    assert (shown.returncode, '"people": 20' in shown.stdout) == (0, True), shown


def test_srelink_makes_a_link_that_works_at_once(client: Client) -> None:
    made = client.srelink("create", "https://www.example/cli", "--slug", "from-cli", "--json")
    assert made.returncode == 0, made.stderr
    started = time.monotonic()
    assert client.follow("from-cli") == (302, "https://www.example/cli")
    assert time.monotonic() - started < 5
    refused = client.srelink("create", "javascript:alert(1)")
    assert (refused.returncode, "target" in refused.stderr) == (1, True)


def test_everything_can_be_taken_away_again(client: Client) -> None:
    client.call("POST", "/links/", {"target": "https://www.example/mine", "slug": "mine"})
    lines = client.call("GET", "/links/export/?format=jsonl").splitlines()
    assert "mine" in {json.loads(line)["slug"] for line in lines}
