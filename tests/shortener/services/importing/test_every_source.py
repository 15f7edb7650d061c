"""One file of each source, from its bytes to links, visits and a repeat that changes nothing."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.models import AuditEntry
from shortener.models import ImportedVisits, Link, LinkChange, LinkTotal
from shortener.services.importing import previews
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.services.importing.helpers import SHLINK, counts, imported, uploaded

ActorOf = Callable[[Any], Any]

SHLINK_JSON = json.dumps(
    {
        "shortUrls": {
            "data": [
                {
                    "shortCode": "abc",
                    "shortUrl": "https://s.test/abc",
                    "longUrl": "https://example.org/a",
                    "dateCreated": "2024-01-05T10:00:00+00:00",
                    "tags": ["mail"],
                    "meta": {"validSince": None, "validUntil": None, "maxVisits": 100},
                    "visitsSummary": {"total": 7, "nonBots": 5, "bots": 2},
                }
            ]
        }
    }
)
YOURLS_SQL = """-- MySQL dump
CREATE TABLE `yourls_url` (`keyword` varchar(100), `url` text, `title` text, `timestamp` timestamp, `ip` varchar(41),
  `clicks` int(10) unsigned NOT NULL, PRIMARY KEY (`keyword`));
INSERT INTO `yourls_log` VALUES (1,'2024-02-01 10:00:00','abc','direct','Mozilla/5.0 Firefox/140.0','1.2.3.4','AT');
INSERT INTO `yourls_url` VALUES ('abc','https://example.org/a','It\\'s','2024-01-05 10:00:00','::1',7);
"""
BITLY_JSON = json.dumps(
    {
        "links": [
            {
                "id": "s.test/abc",
                "link": "https://s.test/abc",
                "long_url": "https://example.org/a",
                "title": "T",
                "tags": [],
                "custom_bitlinks": [],
                "archived": False,
                "created_at": "2024-01-05T10:00:00+0000",
            }
        ]
    }
)
KUTT_JSON = json.dumps(
    {
        "data": [
            {
                "id": "u-1",
                "address": "abc",
                "target": "https://example.org/a",
                "visit_count": 7,
                "created_at": "2024-01-05T10:00:00.000Z",
                "password": False,
                "banned": False,
            }
        ]
    }
)
FILES: dict[str, tuple[str, str | bytes, int]] = {
    "shlink json": ("shlink", SHLINK_JSON, 7),
    "yourls sql": ("yourls", YOURLS_SQL, 7),
    "yourls plugin": ("yourls", "source,target,hits\r\n/abc/,https://example.org/a,7\r\n", 7),
    "bitly json": ("bitly", BITLY_JSON, 0),
    "bitly csv": ("bitly", "Bitlink,Long URL,Created,Engagements\nbit.ly/abc,https://example.org/a,2024-01-05,7\n", 7),
    "kutt json": ("kutt", KUTT_JSON, 7),
    "kutt csv": ("kutt", "id,address,target,created_at,visit_count\n1,abc,https://example.org/a,2024-01-05,7\n", 7),
    "any csv": ("csv", "Destination;Slug;Clicks\nhttps://example.org/a;abc;7\n", 7),
    "any csv in utf-16": ("csv", "Destination;Slug;Clicks\nhttps://example.org/a;abc;7\n".encode("utf-16"), 7),
    "any json lines": ("csv", '{"url": "https://example.org/a", "slug": "abc", "clicks": 7}\n' + "{}\n", 7),
}


@pytest.fixture
def bobs(actor_of: ActorOf, bob: Any) -> Any:
    return actor_of(bob)


@pytest.mark.parametrize(("kind", "body", "visits"), FILES.values(), ids=FILES)
def test_a_file_becomes_a_link_with_its_visits(
    kind: str, body: Any, visits: int, bobs: Any, team: Any, now: datetime
) -> None:
    job = imported(bobs, team, body, now)
    link = Link.objects.get()
    total = LinkTotal.objects.filter(link_id=link.pk).first()
    assert (job.kind, link.slug, link.target) == (kind, "abc", "https://example.org/a")
    assert (total.total if total else 0, job.visits) == (visits, visits)
    assert set(ImportedVisits.objects.values_list("source", flat=True)) <= {kind}


@pytest.mark.parametrize(("kind", "body", "visits"), FILES.values(), ids=FILES)
@pytest.mark.parametrize("existing", ["report", "update"])
def test_a_repeat_changes_nothing_of_any_source(
    existing: str, kind: str, body: Any, visits: int, bobs: Any, team: Any, now: datetime
) -> None:
    imported(bobs, team, body, now)
    before = list(Link.objects.values()), list(ImportedVisits.objects.values()), LinkChange.objects.count()
    again = imported(bobs, team, body, now, options={"existing": existing})
    assert (again.created, again.updated, again.unchanged, again.visits) == (0, 0, 1, 0)
    assert (list(Link.objects.values()), list(ImportedVisits.objects.values()), LinkChange.objects.count()) == before


@pytest.mark.parametrize(("kind", "body", "visits"), FILES.values(), ids=FILES)
def test_the_preview_promises_what_the_import_does(
    kind: str, body: Any, visits: int, bobs: Any, team: Any, now: datetime
) -> None:
    preview = previews.preview_of(actor=bobs, job=uploaded(bobs, team, body, now), now=now)
    job = imported(bobs, team, body, now)
    promised = [preview.counts.get(name, 0) for name in ("create", "update", "unchanged", "fail")]
    assert tuple(promised) == counts(job)
    assert preview.rows[0].visits == visits


def test_visits_of_shlink_find_the_links_that_were_imported_before(bobs: Any, team: Any, now: datetime) -> None:
    imported(bobs, team, SHLINK, now, options={"visits": False})
    text = "date,potentialBot,referer,visitedUrl\n2024-03-01T10:00:00Z,false,,https://s.test/abc\n"
    job = imported(bobs, team, text + "2024-03-01T11:00:00Z,true,,https://s.test/nowhere\n", now)
    assert (job.kind, counts(job), job.visits) == ("shlink_visits", (0, 0, 1, 1), 1)
    assert ImportedVisits.objects.get().link == Link.objects.get(slug="abc")


def test_the_same_file_may_go_under_a_second_domain(bobs: Any, team: Any, now: datetime) -> None:
    imported(bobs, team, SHLINK, now)
    second = imported(bobs, team, SHLINK, now, domain=DomainFactory(team=team))
    assert (counts(second), Link.objects.filter(slug="abc").count()) == ((2, 0, 0, 0), 2)


def test_an_update_is_audited_with_before_and_after(bobs: Any, team: Any, now: datetime) -> None:
    domain = DomainFactory(is_default=True)
    LinkFactory(slug="abc", domain=domain, team=team, target="https://example.org/old")
    imported(bobs, team, SHLINK, now, options={"existing": "update"})
    entry = AuditEntry.objects.get(action="link.updated")
    assert entry.changes["target"] == ["https://example.org/old", "https://example.org/a"]
