import json
from datetime import date
from typing import Any

from shortener.services.importing.formats.kutt import PROTECTED
from tests.shortener.services.importing.formats.helpers import drafts


def page(**more: Any) -> str:
    link = {
        "address": "abc",
        "banned": False,
        "created_at": "2024-01-05T10:00:00.000Z",
        "description": "Launch",
        "expire_in": None,
        "id": "6f3a",
        "link": "https://kutt.test/abc",
        "password": False,
        "target": "https://example.org/",
        "visit_count": 7,
    }
    return json.dumps({"data": [link | more], "limit": 10, "skip": 0, "total": 1})


def test_the_api_tells_nearly_everything() -> None:
    (draft,) = drafts(page())
    assert (draft.slug, draft.given["title"], draft.source_id) == ("abc", "Launch", "6f3a")
    assert draft.days == {date(2024, 1, 5): (7, 0)}
    assert draft.errors == {}


def test_a_link_with_a_password_is_not_open_by_accident() -> None:
    (draft,) = drafts(page(password=True))
    assert (draft.given["state"], draft.given["notes"]) == ("disabled", PROTECTED)


def test_a_banned_link_comes_switched_off() -> None:
    assert drafts(page(banned=True))[0].given["state"] == "disabled"


def test_the_table_as_csv_has_a_hash_for_a_password_and_f_for_false() -> None:
    head = "id,address,target,banned,password,visit_count,created_at,uuid\n"
    rows = "1,a,https://a.example/,f,,0,2024-01-05,u-1\n2,b,https://b.example/,f,$2b$10$x,0,2024-01-05,u-2\n"
    assert [draft.given.get("state") for draft in drafts(head + rows)] == [None, "disabled"]
    assert drafts(head + rows)[0].source_id == "u-1"
