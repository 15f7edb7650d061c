from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.services import abuse_reports
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def report(link: Any, client: str, now: datetime, reason: str = "phishing") -> Any:
    values = {"address": link.public_id, "reason": reason}
    return abuse_reports.create_report(values=values, client=client, now=now)


def test_reports_of_a_link_are_one_case(client_for: ClientFor, admin_user: Any, now: datetime) -> None:
    link = LinkFactory(slug="bad", target="https://evil.org/<script>")
    report(link, "one", now)
    report(link, "two", now, reason="spam")
    page = client_for(admin_user).get("/moderation/").content.decode()
    assert page.count("/moderation/reports/") == 1
    assert "phishing, spam" in page
    assert "<script>" not in page.split("<main")[1].split("</main>")[0]


def test_an_empty_queue_says_what_comes_there(client_for: ClientFor, admin_user: Any) -> None:
    assert "Nothing waits" in client_for(admin_user).get("/moderation/").content.decode()


@pytest.mark.parametrize(
    "path",
    ["", "bans/", "bans/new/", "bans/ban_1/lift/", "blocklist/", "blocklist/new/", "blocklist/paste/", "reports/r/"],
)
def test_it_is_for_administrators(client_for: ClientFor, alice: Any, path: str) -> None:
    assert client_for(alice).get(f"/moderation/{path}").status_code == 403


def test_the_tab_is_shown_to_administrators_only(client_for: ClientFor, admin_user: Any, alice: Any) -> None:
    assert 'href="/moderation/"' in client_for(admin_user).get("/webhooks/").content.decode()
    assert 'href="/moderation/"' not in client_for(alice).get("/webhooks/").content.decode()


def test_decisions_are_shown_below(client_for: ClientFor, admin_user: Any, actor_of: Any, now: datetime) -> None:
    made = report(LinkFactory(), "one", now)
    abuse_reports.decide(actor=actor_of(admin_user), report=made, decision="dismiss", now=now)
    assert "Latest decisions" in client_for(admin_user).get("/moderation/").content.decode()
