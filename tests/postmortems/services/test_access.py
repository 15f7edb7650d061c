from collections.abc import Callable
from typing import Any

import pytest

from portal.lib.errors import PermissionDenied, PreconditionFailed
from postmortems.services import access
from tests.factories.postmortems import postmortem


def test_viewers_are_refused(vera: Any, team: Any, actor_of: Callable[[Any], Any]) -> None:
    with pytest.raises(PermissionDenied):
        access.lock(actor_of(vera), postmortem(team=team))


def test_an_old_version_is_refused(bob: Any, team: Any, actor_of: Callable[[Any], Any]) -> None:
    with pytest.raises(PreconditionFailed):
        access.lock(actor_of(bob), postmortem(team=team, version=2), version=1)


def test_saving_makes_the_next_version(bob: Any, team: Any) -> None:
    made = postmortem(team=team)
    access.save(made, "title")
    made.refresh_from_db()
    assert made.version == 2
