from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright

from tests.e2e import walk, world

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600), pytest.mark.xdist_group("walk")]


@pytest.fixture
def portal(transactional_db: None, live_server: Any) -> str:
    """The address of a portal in the middle of its day. The world must stand before the browser's loop starts."""
    world.build(timezone.now())
    return str(live_server.url)


@pytest.fixture
def chromium(portal: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=walk.CHROMIUM, args=walk.ARGUMENTS)
        yield browser
        browser.close()


def test_every_page_is_accessible_fits_the_phone_and_obeys_the_policy(chromium: Browser, portal: str) -> None:
    found = walk.walk(chromium, portal, world.EMAIL, world.PASSWORD)
    assert [str(finding) for finding in found if finding.problems] == []
