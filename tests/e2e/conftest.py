"""One real portal for all tests of this folder, and Debian's Chromium as the browser."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.embedded import tools
from tests.e2e import running

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what has no group of its own on one worker, so that one portal serves it; leave out what has no browser."""
    no_browser = tools.find("chromium") is None and not os.environ.get("PORTAL_REQUIRE_ALL")
    leave_out = pytest.mark.skipif(no_browser, reason="needs chromium (on Debian: apt-get install chromium)")
    for item in items:
        if item.get_closest_marker("needs_chromium"):
            item.add_marker(leave_out)
        if HERE in item.path.parents:
            if not item.get_closest_marker("xdist_group"):
                item.add_marker(pytest.mark.xdist_group("e2e"))
            if not item.get_closest_marker("timeout"):
                item.add_marker(pytest.mark.timeout(240))


@pytest.fixture(scope="package")
def portal() -> Iterator[running.RunningPortal]:
    """A portal started by `./run`; what a test does to it must leave it usable for the next.

    It ends with the tests of this folder: its ticks would go on beside all that this worker runs after them.
    """
    portal = running.start()
    yield portal
    portal.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; root may only start it without its sandbox."""
    arguments = ["--no-sandbox"] if os.getuid() == 0 else []
    return {"executable_path": tools.find("chromium"), "args": [*arguments, "--disable-dev-shm-usage"]}
