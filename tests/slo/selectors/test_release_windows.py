"""Which release window holds."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.selectors import release_windows
from slo.services import release_windows as services

ACTOR = Actor.system("tests")
WEEKDAYS = {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "10:00", "until": "16:00"}


def week(**more: Any) -> dict[str, Any]:
    return {"zone": "Europe/Vienna", "hours": [WEEKDAYS], **more}


@pytest.mark.django_db
def test_without_one_there_is_no_answer(service: Any, now: datetime) -> None:
    assert release_windows.window_at(service.pk, now) is None


@pytest.mark.django_db
def test_a_service_goes_before_its_team(service: Any, now: datetime) -> None:
    services.set_window(actor=ACTOR, owner=service.team, definition=week(), now=now)
    services.set_window(actor=ACTOR, owner=service, definition=week(zone="Asia/Tokyo"), now=now)
    answer = release_windows.window_at(service.pk, now)
    assert answer is not None
    assert (answer.is_open, answer.why) == (False, "outside mon, tue, wed, thu, fri 10:00-16:00 (Asia/Tokyo)")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "subdivision", "day", "why"),
    [
        ("AT", "", datetime(2026, 10, 26, 11, tzinfo=UTC), "closed: National Day"),
        ("DE", "BY", datetime(2026, 1, 6, 11, tzinfo=UTC), "closed: Epiphany"),
        ("DE", "", datetime(2026, 1, 6, 11, tzinfo=UTC), "inside the release window"),
        ("", "", datetime(2026, 10, 26, 11, tzinfo=UTC), "inside the release window"),
    ],
    ids=["Austria", "Bavaria", "Germany", "no country"],
)
def test_holidays_close_it(
    service: Any, now: datetime, country: str, subdivision: str, day: datetime, why: str
) -> None:
    definition = week(country=country, subdivision=subdivision)
    services.set_window(actor=ACTOR, owner=service, definition=definition, now=now)
    answer = release_windows.window_at(service.pk, day)
    assert answer is not None
    assert answer.why == why
