from typing import Any

import pytest

from tests.factories.oncall import AlertFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/alerts/review/?team=payments&week=2026-03-04"


def test_the_week_shows_each_kind_of_alert(client_for: Any, alice: Any, team: Any) -> None:
    AlertFactory(team=team, title="Disk 91 % full")
    page = client_for(alice).get(ADDRESS).content.decode()
    assert "Disk # % full" in page
    assert "0 of 1 decided" in page


def test_a_viewer_reads_and_decides_nothing(client_for: Any, vera: Any, team: Any) -> None:
    AlertFactory(team=team)
    page = client_for(vera).get(ADDRESS)
    assert page.status_code == 200
    assert "Decide" not in page.content.decode()


def test_a_quiet_week_asks_what_was_missing(client_for: Any, alice: Any) -> None:
    assert "No alert fired in this week" in client_for(alice).get(ADDRESS).content.decode()


@pytest.mark.parametrize("query", ["", "?week=tomorrow", "?team=payments&week=9999-12-31"])
def test_any_question_is_answered(client_for: Any, alice: Any, query: str) -> None:
    assert client_for(alice).get(f"/alerts/review/{query}").status_code == 200


def test_the_inbox_leads_to_the_review(client_for: Any, alice: Any) -> None:
    assert 'href="/alerts/review/"' in client_for(alice).get("/alerts/").content.decode()


@pytest.mark.parametrize("query", ["", "?week=2026-03-04"])
def test_the_filter_says_which_team_and_week_are_shown(
    client_for: Any, alice: Any, other_team: Any, query: str
) -> None:
    page = client_for(alice).get(f"/alerts/review/{query}")
    assert '<option value="payments" selected>' in page.content.decode()
    assert f'value="{query[6:] or page.context["monday"]}"' in page.content.decode()
