"""Handoff notes."""

from datetime import datetime
from typing import Any

import pytest

from oncall.models import Schedule
from oncall.selectors import handoffs
from oncall.services import handoffs as written
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid


def test_the_last_note_is_the_newest(schedule: Schedule, bob: Any, actor_of: Any, now: datetime) -> None:
    for text in ("first", "second"):
        written.write(actor=actor_of(bob), schedule=schedule, text=text, now=now)
    last = handoffs.last_note(schedule)
    assert last is not None
    assert (last.text, last.author) == ("second", bob)


def test_a_note_is_signed_by_a_person(schedule: Schedule, now: datetime) -> None:
    with pytest.raises(Invalid):
        written.write(actor=Actor.system("robot"), schedule=schedule, text="x", now=now)
