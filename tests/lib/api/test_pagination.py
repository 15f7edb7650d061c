import pytest
from rest_framework.test import APIClient

from tests.factories.accounts import TeamFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.api.resource")]


def pages(api: APIClient, limit: int) -> list[list[str]]:
    found: list[list[str]] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = api.get("/notes/", {"limit": str(limit), "cursor": cursor}).json()
        found.append(answer["items"])
        cursor = answer["next_cursor"]
    return found


def test_the_pages_hold_every_row_once(api: APIClient) -> None:
    names = [TeamFactory().name for _ in range(7)]
    found = [name for page in pages(api, 3) for name in page]
    assert len(found) == len(set(found)) == 8
    assert set(names) < set(found)


def test_the_newest_come_first(api: APIClient) -> None:
    newest = [TeamFactory().name for _ in range(3)][-1]
    assert pages(api, 2)[0][0] == newest


def test_rows_that_come_in_between_do_not_shift_the_pages(api: APIClient) -> None:
    for _ in range(4):
        TeamFactory()
    first = api.get("/notes/", {"limit": 2}).json()
    TeamFactory()
    second = api.get("/notes/", {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert not set(first["items"]) & set(second["items"])


@pytest.mark.parametrize("limit", ["0", "101", "-1", "ten", "1.5", "\u0661"])
def test_a_bad_limit_is_named(api: APIClient, limit: str) -> None:
    response = api.get("/notes/", {"limit": limit})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["limit"])


@pytest.mark.parametrize("cursor", ["nonsense", "%00", "cj0xJnA9"])
def test_a_foreign_cursor_is_named_or_harmless(api: APIClient, cursor: str) -> None:
    assert api.get("/notes/", {"cursor": cursor}).status_code in {200, 422}


def test_a_cursor_that_is_no_base64_is_named(api: APIClient) -> None:
    response = api.get("/notes/", {"cursor": "\u00e9\u00e9"})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["cursor"])
