"""What changed before an alert, from whoever was registered."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from oncall.selectors import changes
from tests.factories.oncall import AlertFactory


def test_changes_of_the_service_the_latest_first(
    team: Any, service: Any, vera: Any, actor_of: Callable[[Any], Any]
) -> None:
    asked: list[Any] = []

    def read(*, service_ids: Iterable[int], start: datetime, end: datetime) -> list[Any]:
        asked.extend([list(service_ids), end - start])
        return [SimpleNamespace(started_at=start), SimpleNamespace(started_at=end)]

    remove = changes.register("test", read)
    alert = AlertFactory(team=team, service=service)
    found = [one.started_at for one in changes.changes_of(alert, actor_of(vera))]
    remove()
    assert found == sorted(found, reverse=True)
    assert asked == [[service.pk], timedelta(hours=24, minutes=5)]


def test_an_alert_of_no_service_has_none(team: Any, vera: Any, actor_of: Callable[[Any], Any]) -> None:
    assert changes.changes_of(AlertFactory(team=team), actor_of(vera)) == []
