import json
from datetime import date
from typing import Any

from tests.shortener.services.importing.formats.helpers import drafts


def item(**more: Any) -> str:
    fields = {
        "shortCode": "abc",
        "shortUrl": "https://s.test/abc",
        "longUrl": "https://example.org/",
        "dateCreated": "2024-01-05T11:00:00+01:00",
        "tags": ["mail"],
        "meta": {"validSince": None, "validUntil": "2030-01-01T00:00:00Z", "maxVisits": None},
        "visitsSummary": {"total": 7, "nonBots": 5, "bots": 2},
        "title": None,
        "crawlable": True,
        "forwardQuery": False,
    }
    return json.dumps({"shortUrls": {"data": [fields | more]}})


def test_the_api_tells_limits_times_and_visits_of_bots() -> None:
    (draft,) = drafts(item())
    assert draft.errors == {}
    assert (draft.slug, draft.given["tags"]) == ("abc", ["mail"])
    assert draft.days == {date(2024, 1, 5): (5, 2)}
    assert draft.given["expires_at"].year == 2030
    assert (draft.given["is_indexed"], draft.given["forward_query"]) == (True, False)


def test_visits_that_come_along_count_towards_the_limit() -> None:
    (draft,) = drafts(item(meta={"maxVisits": 10}))
    assert (draft.given["max_visits"], draft.days) == (10, {date(2024, 1, 5): (5, 2)})


def test_of_visits_that_stay_behind_the_limit_knows() -> None:
    (draft,) = drafts(item(meta={"maxVisits": 10}), with_visits=False)
    assert (draft.given["max_visits"], draft.days) == (5, {})


def test_a_link_that_is_used_up_comes_switched_off() -> None:
    (draft,) = drafts(item(meta={"maxVisits": 7}))
    assert (draft.given["max_visits"], draft.given["state"]) == (7, "disabled")


def test_the_csv_of_an_older_client_has_the_slug_in_the_address() -> None:
    (draft,) = drafts("createdAt,shortUrl,longUrl,title,tags,visits\n,https://s.test/x,https://a.example/,T,a|b,3\n")
    assert (draft.slug, draft.given["title"], draft.given["tags"]) == ("x", "T", ["a", "b"])


def test_a_slug_of_several_segments_is_refused_by_name() -> None:
    (draft,) = drafts(item(shortCode="a/b"))
    assert set(draft.errors) == {"slug"}
