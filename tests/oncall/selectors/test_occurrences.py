"""What happened before, how it ended and what was learned."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from oncall.selectors import occurrences
from oncall.selectors.occurrences import Lesson
from oncall.services import hands
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import AlertFactory

ActorOf = Callable[[Any], Any]
DAY = timedelta(days=1)


def past(team: Any, at: datetime, **fields: Any) -> Any:
    return AlertFactory(team=team, status="resolved", started_at=at, resolved_at=at + DAY / 24, **fields)


def test_the_same_key_and_the_same_words_of_the_team_the_newest_first(
    team: Any, vera: Any, actor_of: ActorOf, now: datetime
) -> None:
    alike = past(team, now - DAY)
    same = past(team, now - 2 * DAY, dedup_key="k", title="Other words")
    past(team, now - DAY, title="Another")
    past(TeamFactory(), now - DAY)
    found = occurrences.earlier(AlertFactory(team=team, dedup_key="k", started_at=now), actor_of(vera))
    assert [one.alert for one in found] == [alike, same]


def test_notes_and_lessons_come_with_it(team: Any, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    before = past(team, now - DAY)
    hands.note(actor=actor_of(bob), alert=before, text="The disk was full", now=now)

    def read(alert_ids: Sequence[int], *, actor: Any) -> dict[int, list[Lesson]]:
        return {pk: [Lesson("Postmortem", "/p/")] for pk in alert_ids}

    remove = occurrences.register("test", read)
    (one,) = occurrences.earlier(AlertFactory(team=team, started_at=now), actor_of(bob))
    remove()
    assert ([note.detail for note in one.notes], one.lessons) == (["The disk was full"], [Lesson("Postmortem", "/p/")])


def test_it_says_how_often_it_came(team: Any, now: datetime) -> None:
    for days in (1, 2, 40):
        past(team, now - days * DAY)
    assert occurrences.count(AlertFactory(team=team, started_at=now)) == 3
