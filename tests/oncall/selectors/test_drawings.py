"""A schedule as it is drawn."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from oncall.models import Schedule
from oncall.selectors import drawings
from tests.factories.oncall import OverrideFactory

UTC = ZoneInfo("UTC")


@pytest.fixture
def picture(schedule: Schedule, bob: Any, now: datetime) -> drawings.Drawing:
    """Two weeks from the Wednesday on, in which Bob takes four hours of Alice."""
    OverrideFactory(schedule=schedule, user=bob)
    found = Schedule.objects.prefetch_related("versions__members", "overrides").get()
    return drawings.drawing(found, first=date(2026, 3, 4), days=14, zone=UTC, now=now)


def test_each_role_is_a_row_that_fills_the_axis(picture: drawings.Drawing) -> None:
    assert [row.name for row in picture.roles] == ["Primary", "Secondary"]
    assert [(row.bars[0].x, round(row.bars[-1].x + row.bars[-1].width)) for row in picture.roles] == 2 * [(112, 1000)]


def test_an_override_is_marked_without_colour(picture: drawings.Drawing) -> None:
    [bar] = [bar for row in picture.roles for bar in row.bars if bar.piece.kind == "override"]
    assert (bar.state, bar.names) == ("Override", "Bob")


def test_the_layers_stand_below_as_if_there_were_no_override(picture: drawings.Drawing) -> None:
    assert [row.name for row in picture.layers] == ["rotation, primary", "rotation, secondary"]
    assert {bar.piece.kind for row in picture.layers for bar in row.bars} == {"shift"}


def test_people_keep_one_colour(picture: drawings.Drawing) -> None:
    colours = {(bar.names, bar.colour) for row in picture.roles for bar in row.bars}
    assert len({names for names, _ in colours}) == len(colours)


def test_the_list_begins_today_and_leaves_out_what_is_over(picture: drawings.Drawing, now: datetime) -> None:
    assert (picture.days[0][0], all(bar.piece.end > now for _, bars in picture.days for bar in bars)) == (
        date(2026, 3, 4),
        True,
    )


def test_before_its_first_version_a_schedule_has_no_gap(schedule: Schedule, now: datetime) -> None:
    drawn = drawings.drawing(schedule, first=date(2025, 12, 1), days=14, zone=UTC, now=now)
    assert drawn.roles == []
