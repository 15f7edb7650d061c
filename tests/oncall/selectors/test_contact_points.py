"""Who sees contact points."""

from typing import Any

import pytest

from oncall.selectors import contact_points
from portal.lib.errors import NotFound
from tests.factories.oncall import ContactPointFactory


def test_a_private_teams_point_is_not_found(team: Any, vera: Any, charlie: Any, actor_of: Any) -> None:
    team.is_private = True
    team.save()
    point = ContactPointFactory(team=team)
    assert contact_points.get_contact_point(actor_of(vera), point.public_id) == point
    with pytest.raises(NotFound):
        contact_points.get_contact_point(actor_of(charlie), point.public_id)
