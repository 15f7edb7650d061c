from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.accounts.services import audit
from shortener.selectors import history
from shortener.services import links
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Actor]


def entry(action: str = "link.updated", **changes: Any) -> AuditEntry:
    return AuditEntry(action=action, actor_label="Bob", changes=changes)


def words(**changes: Any) -> list[str]:
    return [f"{change.label}: {change.before} > {change.after}" for change in history.line(entry(**changes)).changes]


def test_a_change_is_told_before_and_after_in_words() -> None:
    changed = words(title=["Old", "New"], tags=[["a"], ["a", "b"]], preview=[False, True], max_age=[None, 60])
    assert changed == [
        "Title: Old > New",
        "Tags: a > a, b",
        "Preview first: no > yes",
        "Remembered for (seconds): nothing > 60",
    ]


def test_points_in_time_stay_points_in_time() -> None:
    change = history.line(entry(expires_at=[None, "2026-03-04T12:00:00Z"])).changes[0]
    assert (change.before, change.after, change.is_instant) == (None, datetime(2026, 3, 4, 12, tzinfo=UTC), True)


def test_rules_are_counted() -> None:
    assert words(rules=[[], [{"id": 1}, {"id": 2}]]) == ["Rules: nothing > 2 rules"]


@pytest.mark.parametrize("name", ["password", "password_hash", "webhook_secret"])
def test_a_secret_is_only_set_or_not(name: str) -> None:
    changes: dict[str, Any] = {name: [None, "argon2$tellnobody"]}
    line = history.line(entry(**changes))
    assert [(change.before, change.after) for change in line.changes] == [("nothing", "set")]
    assert "tellnobody" not in str(line)


def test_what_was_nothing_and_is_nothing_is_left_out() -> None:
    assert words(title=[None, ""], notes=["", None], tags=[None, []]) == []


def test_what_every_new_link_has_is_left_out() -> None:
    assert words(preview=[None, False], redirect_status=[None, 302], is_indexed=[None, True]) == [
        "Search engines may list it: nothing > yes"
    ]
    assert words(redirect_status=[301, 302]) == ["Redirect: 301 > 302"]


@pytest.mark.parametrize(
    ("action", "told"), [("link.disabled", "Switched off"), ("link.rules_moved", "Rules moved"), ("link.made", "Made")]
)
def test_actions_have_words(action: str, told: str) -> None:
    assert history.line(entry(action)).words == told


def test_members_of_the_team_read_all_and_strangers_their_own(
    team: Any, vera: Any, charlie: Any, actor_of: ActorOf, now: datetime
) -> None:
    link = LinkFactory(team=team)
    links.disable_link(actor=Actor.system("test"), link=link, now=now)
    assert history.entries(actor_of(vera), link).count() == 1
    assert history.entries(actor_of(charlie), link).count() == 0
    audit.record(actor=actor_of(charlie), action="link.reported", target=link, now=now)
    assert history.entries(actor_of(charlie), link).count() == 1


def test_the_newest_comes_first(now: datetime) -> None:
    link = LinkFactory()
    for act in (links.disable_link, links.enable_link):
        act(actor=Actor.system("test"), link=link, now=now)
    told = [history.line(found).words for found in history.entries(Actor.system("test"), link)]
    assert told == ["Switched on", "Switched off"]
