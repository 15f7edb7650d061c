"""The words of /readyz."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from shortener.edge.health import readiness

if TYPE_CHECKING:
    from shortener.edge.server import Edge


def _edge(*, busy: str = "", gone: str = "", **changes: Any) -> "Edge":
    def thread(name: str) -> SimpleNamespace:
        alive = {"name": name, "is_alive": lambda: True, "trouble": "", "is_connected": True, "seen_at": 2e9 * 2}
        return SimpleNamespace(
            **alive, is_rebuilding=name == busy, replica=SimpleNamespace(is_gone=lambda: name == gone)
        )

    parts = {
        "follower": thread("follower"),
        "shipper": thread("shipper"),
        "lookup": thread("lookup"),
        "people": thread("people"),
        "limits": SimpleNamespace(counters=SimpleNamespace(trouble="")),
        "recorder": SimpleNamespace(trouble="", backlog=lambda: (0, 0)),
        "resolver": SimpleNamespace(replica=object()),
        "traffic": SimpleNamespace(is_closing=False),
    }
    return cast("Edge", SimpleNamespace(**{**parts, **changes}))


@pytest.mark.parametrize(
    ("changes", "is_ready", "words"),
    [
        ({"recorder": SimpleNamespace(trouble="no room", backlog=lambda: (0, 0))}, True, "not recorded"),
        ({"lookup": SimpleNamespace(name="lookup", is_alive=lambda: False)}, True, "lookup thread has ended"),
        ({"resolver": SimpleNamespace(replica=None)}, False, "no replica yet"),
        ({"busy": "follower"}, True, "is being rebuilt"),
        ({"gone": "follower"}, True, "file is gone"),
        ({"limits": SimpleNamespace(counters=SimpleNamespace(trouble="gone"))}, True, "Valkey is away"),
    ],
)
def test_what_is_degraded_is_said_in_words(changes: dict[str, Any], is_ready: bool, words: str) -> None:
    ready, degraded = readiness(_edge(**changes))
    assert ready is is_ready
    assert words in degraded[0]


def test_an_edge_that_stops_is_not_ready() -> None:
    assert readiness(_edge(traffic=SimpleNamespace(is_closing=True))) == (False, [])


def test_clicks_that_wait_are_told_as_soon_as_anybody_knows_that_postgresql_is_away() -> None:
    waiting = _edge(recorder=SimpleNamespace(trouble="", backlog=lambda: (1, 100)))
    waiting.follower.is_connected, waiting.follower.trouble = False, "connection refused"
    assert "clicks wait in segments on disk: connection refused" in readiness(waiting)[1]
