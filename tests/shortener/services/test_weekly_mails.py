from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Membership, OutgoingMail
from portal.lib.errors import NotFound, PermissionDenied
from shortener.models import ClickDay, ScopeDay, ScopeFacet, TargetCheck, WeeklyMail
from shortener.services import weekly_mails
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Any]
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def wish(team: Any, bob: Any) -> WeeklyMail:
    return WeeklyMail.objects.create(user=bob, team=team, sent_week=date(2026, 2, 23))


def filled(team: Any, now: datetime) -> Any:
    link = LinkFactory(team=team, title="Spring <sale>", created_at=now - timedelta(days=90))
    ClickDay.objects.create(link_id=link.pk, day="2026-02-24", people=150)
    for day, people in [("2026-02-24", 150), ("2026-02-17", 100), ("2026-03-02", 999)]:
        ScopeDay.objects.create(scope="team", scope_id=team.pk, day=day, people=people, bots=7, visitors=40)
    row = {"dimension": "referrer", "value": "news.example", "people": 30}
    ScopeFacet.objects.create(scope="team", scope_id=team.pk, day="2026-02-24", **row)
    TargetCheck.objects.create(link=link, due_at=now, dead_since=now)
    return link


def test_the_mail_tells_the_last_week_against_the_one_before(team: Any, wish: WeeklyMail, now: datetime) -> None:
    filled(team, now)
    assert weekly_mails.send_mails_due(now=MONDAY) == 1
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == ("bob@example.com", "Payments: 150 clicks by people last week")
    for part in (
        "50\u00a0% more than the week before (100)",
        "40 unique visitors",
        "7 clicks by bots",
        "30  news.example",
        "Spring <sale>",
    ):
        assert part in mail.text
    assert "1 active link leads to a target that does not answer." in mail.text


def test_the_html_is_escaped_and_shows_the_picture(team: Any, wish: WeeklyMail, now: datetime) -> None:
    filled(team, now)
    weekly_mails.send_mails_due(now=MONDAY)
    mail = OutgoingMail.objects.get()
    assert "Spring &lt;sale&gt;" in mail.html
    assert "cid:picture" in mail.html
    assert bytes(mail.picture).startswith(b"\x89PNG")


def test_a_week_without_clicks_is_told_too(wish: WeeklyMail) -> None:
    weekly_mails.send_mails_due(now=MONDAY)
    assert "0 clicks by people: as many as the week before (0)" in OutgoingMail.objects.get().text


def test_a_week_is_sent_once(wish: WeeklyMail) -> None:
    sent = [weekly_mails.send_mails_due(now=MONDAY + timedelta(days=days)) for days in (0, 0, 3, 6, 7)]
    assert sent == [1, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("zone", "now", "sent"),
    [
        ("Europe/Vienna", datetime(2026, 3, 2, 6, 59, tzinfo=UTC), 0),
        ("Europe/Vienna", datetime(2026, 3, 2, 7, 0, tzinfo=UTC), 1),
        ("Pacific/Auckland", datetime(2026, 3, 1, 19, 0, tzinfo=UTC), 1),
        ("America/Los_Angeles", datetime(2026, 3, 2, 15, 59, tzinfo=UTC), 0),
    ],
)
def test_monday_morning_is_where_the_reader_is(zone: str, now: datetime, sent: int, wish: WeeklyMail, bob: Any) -> None:
    bob.time_zone = zone
    bob.save()
    assert weekly_mails.send_mails_due(now=now) == sent


def test_whoever_may_not_see_the_team_any_more_gets_no_mail(team: Any, wish: WeeklyMail, bob: Any) -> None:
    team.is_private = True
    team.save()
    Membership.objects.filter(user=bob).delete()
    assert weekly_mails.send_mails_due(now=MONDAY) == 0
    assert not WeeklyMail.objects.exists()


def test_an_account_that_ended_gets_no_mail(wish: WeeklyMail, bob: Any) -> None:
    bob.is_active = False
    bob.save()
    assert weekly_mails.send_mails_due(now=MONDAY) == 0


def test_wishes_are_set_and_the_first_mail_comes_on_the_next_monday(
    actor_of: ActorOf, bob: Any, team: Any, other_team: Any, now: datetime
) -> None:
    actor = actor_of(bob)
    weekly_mails.set_wishes(actor=actor, team_ids=[team.pk, other_team.pk], now=now)
    weekly_mails.set_wishes(actor=actor, team_ids=[team.pk], now=now)
    assert weekly_mails.wishes(actor) == {team.pk}
    assert [weekly_mails.send_mails_due(now=at) for at in (now, MONDAY + timedelta(days=7))] == [0, 1]


def test_a_repeated_wish_does_not_send_a_week_again(actor_of: ActorOf, wish: WeeklyMail, bob: Any) -> None:
    weekly_mails.send_mails_due(now=MONDAY)
    weekly_mails.set_wishes(actor=actor_of(bob), team_ids=[wish.team_id], now=MONDAY)
    assert weekly_mails.send_mails_due(now=MONDAY) == 0


def test_a_team_that_one_may_not_see_is_not_there(actor_of: ActorOf, charlie: Any, team: Any, now: datetime) -> None:
    team.is_private = True
    team.save()
    with pytest.raises(NotFound):
        weekly_mails.set_wishes(actor=actor_of(charlie), team_ids=[team.pk], now=now)


def test_a_machine_wishes_for_no_mail(team: Any, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        weekly_mails.set_wishes(actor=Actor.system("pager"), team_ids=[team.pk], now=now)


def test_a_token_ends_the_mail_of_one_person_and_team(wish: WeeklyMail, alice: Any, team: Any) -> None:
    other = WeeklyMail.objects.create(user=alice, team=team)
    token = weekly_mails.stop_token(wish)
    assert weekly_mails.team_of(token) == team
    weekly_mails.stop(token)
    weekly_mails.stop(token)
    assert list(WeeklyMail.objects.all()) == [other]


@pytest.mark.parametrize("token", ["", "x", "WzEsMl0:1abcde:forged"])
def test_a_token_that_is_none_of_ours_ends_nothing(token: str, wish: WeeklyMail) -> None:
    with pytest.raises(NotFound):
        weekly_mails.stop(token)
