from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import AuditEntry, Team, User
from tests.factories.accounts import AuditEntryFactory

URL = "/settings/audit/"


@pytest.fixture
def entry(team: Team, now: datetime) -> AuditEntry:
    made: AuditEntry = AuditEntryFactory(team=team, at=now, changes={"tier": [2, 1]})
    return made


def test_before_and_after_are_readable(entry: AuditEntry, alice: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).get(reverse("audit_list")).content.decode()
    assert "<del>2</del> <ins>1</ins>" in page
    assert "service.created" in page


def test_a_responder_does_not_read_the_team_s_log(
    entry: AuditEntry, bob: User, client_for: Callable[[User], Any]
) -> None:
    assert not client_for(bob).get(URL).context["page"].object_list


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("actor=alice", 1),
        ("actor=bob", 0),
        ("action=service.created", 1),
        ("target=check", 1),
        ("team=payments", 1),
        ("since=2026-03-04T12:00", 1),
        ("until=2026-03-04T12:00", 0),
        ("since=nonsense", 1),
        ("page=99", 1),
    ],
)
def test_the_filter_narrows(
    entry: AuditEntry, alice: User, query: str, found: int, client_for: Callable[[User], Any]
) -> None:
    page = client_for(alice).get(f"{URL}?{query}")
    assert len(page.context["page"].object_list) == found


def test_fifty_entries_a_page(team: Team, alice: User, client_for: Callable[[User], Any]) -> None:
    AuditEntryFactory.create_batch(51, team=team)
    assert len(client_for(alice).get(f"{URL}?page=2").context["page"].object_list) == 1


def test_the_queries_do_not_grow_with_entries(
    team: Team, alice: User, client_for: Callable[[User], Any], django_assert_max_num_queries: Any
) -> None:
    AuditEntryFactory.create_batch(20, team=team)
    client = client_for(alice)
    client.get(URL)
    with django_assert_max_num_queries(18):
        client.get(URL)


def test_it_says_where_the_deeds_of_programs_stand(alice: User, client_for: Callable[[User], Any]) -> None:
    assert f'href="{reverse("alert_list")}"' in client_for(alice).get(reverse("audit_list")).text.split("</form>")[-1]
