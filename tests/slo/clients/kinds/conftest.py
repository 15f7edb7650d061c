"""The servers that probes are tried against."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from slo.clients import runs
from slo.domain.probing import Outcome, ProbeSpec
from tests.slo.clients.servers import Servers


@pytest.fixture(scope="module")
def running() -> Iterator[Servers]:
    servers = Servers()
    yield servers
    servers.stop()


@pytest.fixture
def servers(running: Servers, settings: Any) -> Servers:
    """Servers of all kinds, which probes are allowed to reach."""
    settings.PORTAL_PRIVATE_TARGETS = running.listed
    return running


@pytest.fixture
def run() -> Callable[..., Outcome]:
    """Runs a probe of a kind once; options are given by name."""

    def once(kind: str, url: str, *, seconds: float = 5, fields: Any = None, **options: Any) -> Outcome:
        spec = ProbeSpec(
            probe_id=1, kind=kind, url=url, timeout=timedelta(seconds=seconds), options=options, **(fields or {})
        )
        return asyncio.run(runs.run(spec))

    return once
