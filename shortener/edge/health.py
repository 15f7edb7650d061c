"""What an edge says of its own health: whether it is ready, and in words what is degraded meanwhile."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shortener.edge.server import Edge

STALE_SECONDS = 5.0


def readiness(edge: "Edge") -> tuple[bool, list[str]]:
    """Whether redirects are answered from a loaded replica, and what is degraded."""
    degraded = [*_links(edge), *_clicks(edge), *_threads(edge)]
    if edge.resolver.replica is None:
        return False, ["there is no replica yet, links are answered with 503", *degraded]
    return not edge.traffic.is_closing, degraded


def _links(edge: "Edge") -> Iterator[str]:
    follower, counters = edge.follower, edge.limits.counters
    if not follower.is_connected:
        yield f"PostgreSQL is away, changes of links are not seen: {follower.trouble}"
    elif time.time() - follower.seen_at > STALE_SECONDS:
        yield "PostgreSQL does not answer in time, changes of links are seen late"
    if follower.is_rebuilding:
        yield "the replica is being rebuilt, changes of links are seen afterwards"
    elif follower.replica is not None and follower.replica.is_gone():
        yield "the replica's file is gone: until it is rebuilt, a restart would find no links"
    if counters.trouble:
        yield f"Valkey is away, links with a limit follow their own setting: {counters.trouble}"


def _clicks(edge: "Edge") -> Iterator[str]:
    recorder, shipper, follower = edge.recorder, edge.shipper, edge.follower
    # A statement that hangs is no trouble of the shipper yet; the follower may know already that PostgreSQL is away.
    trouble = shipper.trouble or ("" if follower.is_connected else follower.trouble)
    if trouble and recorder.backlog()[0]:
        yield f"clicks wait in segments on disk: {trouble}"
    if recorder.trouble:
        yield f"clicks are not recorded once the segments at hand are full: {recorder.trouble}"


def _threads(edge: "Edge") -> Iterator[str]:
    for thread in (edge.follower, edge.shipper, edge.lookup, edge.people):
        if not thread.is_alive():
            yield f"the {thread.name} thread has ended"
