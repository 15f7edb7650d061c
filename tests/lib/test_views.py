from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client
from pytest_django import Settings

from portal.lib import health

pytestmark = pytest.mark.django_db


def test_alive_is_one_word(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_crawlers_are_let_to_calendars_and_to_little_else(client: Client) -> None:
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    assert rules.can_fetch("Googlebot", "/calendar/token.ics")
    assert rules.can_fetch("Slack-ImgProxy", "/chat/graphs/token.png")
    assert not rules.can_fetch("Googlebot", "/oncall/")


def test_ready_names_what_is_wrong(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_checks", {"broker": lambda _: "no answer"})
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "problems": {"broker": "no answer"}}


def test_metrics_are_open_to_the_allow_listed_networks(client: Client) -> None:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert b"portal_host_load1" in response.content


def test_metrics_are_closed_to_others(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 403


def test_a_proxy_on_the_same_host_does_not_open_them(client: Client) -> None:
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403


@pytest.mark.parametrize(("token", "status"), [("right", 200), ("wrong", 403)])
def test_the_metrics_token_opens_them(client: Client, settings: Settings, token: str, status: int) -> None:
    settings.PORTAL_METRICS_TOKEN = "right"
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers=headers).status_code == status


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
