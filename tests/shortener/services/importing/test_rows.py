from datetime import date, timedelta
from typing import Any

import pytest

from shortener.services.importing import formats, rows
from tests.shortener.services.importing.formats.helpers import NOW, drafts
from tests.shortener.torture import ACCEPTED, REFUSED

GENERIC = formats.GENERIC


def one(**cells: Any) -> Any:
    import json

    return drafts(json.dumps([cells]))[0]


@pytest.mark.parametrize(("given", "stored"), ACCEPTED.items())
def test_every_address_becomes_what_it_becomes_elsewhere(given: str, stored: str) -> None:
    draft = one(target=given)
    assert (draft.errors, draft.target) == ({}, stored)


@pytest.mark.parametrize("given", REFUSED)
def test_every_address_that_is_refused_elsewhere_is_refused(given: str) -> None:
    assert "target" in one(target=given).errors


def test_all_errors_of_a_row_are_told_at_once() -> None:
    draft = one(target="ftp://x", slug="a b", expires_at="soon", redirect_status="99", tags="x" * 60, max_visits="-1")
    assert set(draft.errors) == {"target", "slug", "expires_at", "redirect_status", "tags", "max_visits"}


def test_an_empty_cell_leaves_a_field_as_it_is() -> None:
    assert set(one(target="https://example.org/", title="", tags=[], expires_at=None).given) == {"target"}


def test_a_creation_in_the_future_is_none() -> None:
    draft = one(target="https://example.org/", created_at=(NOW + timedelta(days=1)).isoformat())
    assert (draft.created_at, draft.errors) == (None, {})


def test_a_total_without_days_stands_on_the_day_of_creation_or_of_the_import() -> None:
    assert one(target="https://a.example/", visits=3, created_at="2024-01-05").days == {date(2024, 1, 5): (3, 0)}
    assert one(target="https://a.example/", visits=3).days == {NOW.date(): (3, 0)}


def test_days_that_make_no_sense_count_nothing() -> None:
    (draft,) = drafts('[{"url": "https://a.example/", "d": {"x": 1}}]', days="d.x")
    assert draft.days == {}


def test_a_source_id_or_a_target_names_a_row_without_a_slug() -> None:
    draft = one(target="https://example.org/")
    assert (rows.external_id(draft, GENERIC) or "").startswith("import:csv:")
    assert rows.external_id(one(target="https://example.org/", slug="a"), GENERIC) is None
    assert rows.external_id(one(target="https://example.org/", external_id="crm-1"), GENERIC) == "crm-1"


def test_a_long_title_is_cut_and_stands_whole_in_the_notes() -> None:
    draft = one(target="https://example.org/", title="word " * 60, notes="Mine")
    assert (len(draft.given["title"]) <= 200, draft.given["title"][-1]) == (True, "\u2026")
    assert draft.given["notes"] == "Mine\n" + ("word " * 60).strip()
    assert draft.errors == {}


@pytest.mark.parametrize("visits", ["-1", "many", str(10**13)])
def test_visits_that_no_link_can_have_are_told(visits: str) -> None:
    assert set(one(target="https://example.org/", visits=visits).errors) == {"visits"}


def test_a_creation_before_there_were_links_is_none() -> None:
    assert one(target="https://example.org/", created_at="0001-01-01T00:00:00Z").created_at is None
