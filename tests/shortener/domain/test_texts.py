"""What visitors read."""

import pytest

from shortener.domain.texts import LANGUAGES, OWN_PAGES, PAGES, REPORT, REPORTED, STATUSES


@pytest.mark.parametrize("kind", list(PAGES))
def test_every_page_is_written_in_every_language(kind: str) -> None:
    assert set(PAGES[kind]) == set(LANGUAGES)
    assert all(text.title and text.hint for text in PAGES[kind].values())
    assert len({text.title for text in PAGES[kind].values()}) == len(LANGUAGES)


def test_every_page_has_a_status() -> None:
    assert set(STATUSES) == set(PAGES)
    assert set(OWN_PAGES) | REPORTED <= set(PAGES)
    assert set(REPORT) == set(LANGUAGES)
