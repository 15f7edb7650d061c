"""History is only added to."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from oncall.models import Alert, AlertEvent, PageAttempt
from oncall.services import events, pages
from tests.factories.oncall import PageFactory


def test_long_words_are_cut(fired: Alert, now: datetime) -> None:
    event = events.record(alert=fired, kind=AlertEvent.Kind.JOINED, actor_label="x" * 999, detail="y" * 999, now=now)
    assert (len(event.actor), len(event.detail)) == (events.LABEL, events.DETAIL)


def test_an_event_cannot_be_changed(fired: Alert) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        fired.events.update(detail="nothing happened")


def test_an_event_cannot_be_deleted(fired: Alert) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        fired.events.all().delete()


def test_an_attempt_cannot_be_changed(fired: Alert, now: datetime) -> None:
    PageFactory(run=fired.runs.get())
    pages.send_due(now=now)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PageAttempt.objects.update(outcome="sent")
