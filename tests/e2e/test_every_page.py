from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright

from tests.e2e import walk, world

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(420)]


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=walk.CHROMIUM, args=walk.ARGUMENTS)
        yield browser
        browser.close()


@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_fits_the_phone_and_obeys_the_policy(chromium: Browser, live_server: Any) -> None:
    world.build(timezone.now())
    found = walk.walk(chromium, live_server.url, world.EMAIL, world.PASSWORD)
    assert [str(finding) for finding in found if finding.problems] == []
