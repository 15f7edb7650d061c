"""What a migration of rows must not change."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import definitions, resolver, templates
from oncall.domain.layers import Layer
from oncall.domain.rotation import Rotation

migration = import_module("oncall.migrations.0006_schedule_definitions")
START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("members", [[], [7], [7, 9], [7, 9, 8]], ids=str)
def test_a_weekly_version_gives_the_same_answers_as_a_definition(members: list[int]) -> None:
    first = datetime.fromisoformat("2026-02-02T09:30:15")
    rotation = Rotation("weekly", 1, first, ZoneInfo("Europe/Berlin"))
    groups = tuple((str(member),) for member in members)
    before = [Layer("rotation", role, rotation, groups, offset=place) for place, role in enumerate(resolver.ROLES)]
    made = migration.definition_of("Europe/Berlin", first, members)
    after = definitions.read(made).layers
    span = START, START + timedelta(weeks=8)
    assert resolver.resolve(after, [], *span) == resolver.resolve(before, [], *span)
    assert definitions.problems(made) == {}
    assert templates.weekly_of(made) == ("Europe/Berlin", first, [str(member) for member in members])
