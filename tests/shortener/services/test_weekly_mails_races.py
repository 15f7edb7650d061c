from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from portal.accounts.models import OutgoingMail
from shortener.models import WeeklyMail
from shortener.services import weekly_mails

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def tick(_: int) -> int:
    try:
        return weekly_mails.send_mails_due(now=MONDAY)
    finally:
        connection.close()


def test_ticks_at_once_send_one_mail(team: Any, bob: Any) -> None:
    WeeklyMail.objects.create(user=bob, team=team, sent_week=date(2026, 2, 23))
    with ThreadPoolExecutor(6) as pool:
        sent = list(pool.map(tick, range(6)))
    assert sum(sent) == OutgoingMail.objects.count() == 1
