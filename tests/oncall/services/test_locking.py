"""Alerts are locked with their leads, in one order whoever asks."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from oncall.services import locking
from tests.factories.oncall import AlertFactory


def test_members_come_with_their_leads_which_are_locked_first(team: Any) -> None:
    lead = AlertFactory(team=team)
    member, alone = AlertFactory(team=team, lead=lead), AlertFactory(team=team)
    assert list(locking.locked([member.pk, alone.pk])) == [lead.pk, alone.pk, member.pk]


def test_references_to_locked_alerts_may_be_written_meanwhile(team: Any) -> None:
    alert = AlertFactory(team=team)
    with CaptureQueriesContext(connection) as queries:
        locking.locked([alert.pk])
    assert queries.captured_queries[-1]["sql"].endswith('FOR NO KEY UPDATE OF "oncall_alert"')
