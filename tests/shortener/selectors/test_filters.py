from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.models import Ban, Link, LinkTotal, TargetCheck
from shortener.selectors import filters, finding
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")
HOUR = timedelta(hours=1)


def found(now: datetime, actor: Actor = SYSTEM, **given: Any) -> list[str]:
    narrowed = filters.narrowed(finding.links(SYSTEM), filters.LinkFilter(**given), now=now, actor=actor)
    return [link.slug for link in narrowed]


def clicked(link: Link, people: int, at: datetime) -> None:
    LinkTotal.objects.create(link_id=link.pk, people=people, last_click_at=at)


@pytest.mark.parametrize("state", ["active", "scheduled", "expired", "disabled", "banned"])
def test_the_state_filter_and_the_shown_state_agree(state: str, now: datetime) -> None:
    ban = Ban.objects.create(kind="host", value="example.org", reason="x", created_at=now)
    LinkFactory(slug="active", expires_at=now + HOUR, not_before=now)
    LinkFactory(slug="scheduled", not_before=now + HOUR)
    LinkFactory(slug="expired", expires_at=now)
    LinkFactory(slug="disabled", state="disabled", expires_at=now)
    LinkFactory(slug="banned", ban=ban, state="disabled")
    assert found(now, state=state) == [state]
    assert {link.state_at(now) for link in finding.links(SYSTEM) if link.slug == state} == {state}


def test_used_up_are_those_whose_people_reached_the_limit(now: datetime) -> None:
    for slug, people in {"used": 3, "open": 2}.items():
        clicked(LinkFactory(slug=slug, max_visits=3), people, now)
    LinkFactory(slug="unlimited")
    LinkFactory(slug="untouched", max_visits=3)
    assert found(now, state="used_up") == ["used"]


def test_protected_are_those_with_a_password(now: datetime) -> None:
    LinkFactory(slug="secret", password_hash="x")
    LinkFactory(slug="open")
    assert found(now, state="protected") == ["secret"]


def test_dead_targets_are_those_that_the_last_checks_found_dead(now: datetime) -> None:
    for slug, since in {"dead": now, "alive": None}.items():
        TargetCheck.objects.create(link=LinkFactory(slug=slug), due_at=now, dead_since=since)
    LinkFactory(slug="unchecked")
    assert found(now, state="dead_target") == ["dead"]


def test_a_state_that_does_not_exist_finds_nothing(now: datetime) -> None:
    LinkFactory()
    assert found(now, state="sideways") == []


@pytest.mark.parametrize("text", ["LAUN", "example.org/x", "big day", "mail", "MAIL", " launch "])
def test_text_is_looked_for_in_slug_target_title_and_tags(text: str, now: datetime) -> None:
    LinkFactory(slug="launch", target="https://example.org/x", title="The big day", tags=["mail"])
    LinkFactory(slug="other")
    assert found(now, text=text) == ["launch"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"', "%launch%"])
def test_signs_of_patterns_are_only_signs(text: str, now: datetime) -> None:
    LinkFactory(slug="launch")
    assert found(now, text=text) == []


def test_owner_is_a_person_or_the_reader(bob: Any, alice: Any, actor_of: Callable[..., Actor], now: datetime) -> None:
    LinkFactory(slug="bobs", created_by=bob)
    LinkFactory(slug="alices", created_by=alice)
    assert found(now, owner=alice.public_id) == ["alices"]
    assert found(now, owner="me", actor=actor_of(bob)) == ["bobs"]
    assert found(now, owner="me", actor=SYSTEM) == []


def test_team_domain_tag_and_external_id_narrow(now: datetime) -> None:
    wanted = LinkFactory(slug="wanted", tags=["mail"], external_id="crm-7")
    LinkFactory(slug="other")
    by = {"team": wanted.team.slug, "domain": wanted.domain.name.upper(), "tag": "Mail", "external_id": "crm-7"}
    assert [found(now, **{name: value}) for name, value in by.items()] == [["wanted"]] * 4


def test_the_span_of_creation_is_half_open(now: datetime) -> None:
    LinkFactory(slug="before", created_at=now - HOUR)
    LinkFactory(slug="at", created_at=now)
    LinkFactory(slug="after", created_at=now + HOUR)
    assert found(now, created_from=now, created_until=now + HOUR) == ["at"]


@pytest.mark.parametrize(
    ("sort", "slugs"),
    [
        ("newest", ["c", "b", "a"]),
        ("oldest", ["a", "b", "c"]),
        ("title", ["b", "c", "a"]),
        ("clicks", ["a", "b", "c"]),
        ("last_click", ["b", "a", "c"]),
        ("sideways", ["c", "b", "a"]),
    ],
)
def test_links_are_ordered(sort: str, slugs: list[str], now: datetime) -> None:
    first, second = LinkFactory(slug="a", title="Z"), LinkFactory(slug="b", title="A")
    LinkFactory(slug="c", title="B")
    clicked(first, 5, now)
    clicked(second, 2, now + HOUR)
    assert [link.slug for link in filters.ordered(finding.links(SYSTEM), sort)] == slugs
