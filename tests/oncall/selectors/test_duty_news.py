"""What people are to be told about duty."""

from datetime import datetime, timedelta
from typing import Any

from oncall.models import Schedule
from oncall.selectors import duty_news
from oncall.selectors.duty_news import News


def test_a_quiet_day_of_two_people_has_only_their_number_to_tell(schedule: Schedule, now: datetime) -> None:
    assert {one.key.split(":")[0] for one in duty_news.news(now)} == {"few"}


def test_what_is_told_names_the_schedule_and_leads_to_it(schedule: Schedule, now: datetime) -> None:
    found = list(duty_news.news(now + timedelta(days=4, hours=4)))
    assert all(schedule.public_id in one.body for one in found)


def test_what_is_known_is_not_written_again(bob: Any) -> None:
    news = [News(bob, key, "", "") for key in ("a", "b")]
    assert [one.key for one in duty_news.unwritten(news, ["a"])] == ["b"]
