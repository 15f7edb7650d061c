import csv
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from shortener.models import Link
from shortener.services import exporting
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.services.importing.helpers import counts, imported

pytestmark = pytest.mark.django_db

ActorOf = Callable[[Any], Any]
KEPT = [
    "slug", "key", "target", "title", "tags", "notes", "state", "not_before", "expires_at", "expired_target",
    "redirect_status", "max_age", "max_visits", "is_open_without_counter", "forward_query", "forward_path", "preview",
    "is_indexed", "rules", "external_id", "created_at", "domain_id", "team_id", "target_hosts",
]  # fmt: skip
RULES = [
    {
        "id": 1,
        "name": "=Phones",
        "conditions": [{"type": "device", "values": ["phone"]}],
        "target": "https://m.example/",
    }
]


@pytest.fixture
def full(team: Any, now: datetime) -> Any:
    """A link with something in every field, and hostile text in most."""
    return LinkFactory(
        team=team, domain=DomainFactory(name="go.example.com", team=team), slug="full", target="https://example.org/?a=1,2",
        title="=cmd|'/c calc'!A0", tags=["mail", "-x"], notes="'=a\n\"b\"; c", state="disabled",
        not_before=now, expires_at=now + timedelta(days=1, microseconds=5), expired_target="https://over.example/",
        redirect_status=301, max_age=60, max_visits=9, is_open_without_counter=False, forward_query=True,
        forward_path=True, preview=True, is_indexed=True, rules=RULES, external_id="crm-7",
        target_hosts=["example.org", "m.example", "over.example"],
    )  # fmt: skip


def exported(kind: str) -> str:
    return "".join(exporting.lines(Link.objects.all(), kind))


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_an_export_is_imported_as_the_same_links(
    kind: str, full: Any, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    LinkFactory(team=team, domain=full.domain, slug="plain", target_hosts=["example.org"])
    before, text = list(Link.objects.order_by("slug").values(*KEPT)), exported(kind)
    Link.objects.all().delete()
    job = imported(actor_of(bob), team, text, now, domain=full.domain)
    assert (job.kind, counts(job), list(job.row_errors.values())) == ("portal", (2, 0, 0, 0), [])
    assert list(Link.objects.order_by("slug").values(*KEPT)) == before


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_an_export_of_links_that_exist_changes_nothing(
    kind: str, full: Any, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    job = imported(actor_of(bob), team, exported(kind), now, domain=full.domain, options={"existing": "update"})
    assert (counts(job), job.visits) == ((0, 0, 1, 0), 0)


def test_cells_are_safe_for_spreadsheets(full: Any) -> None:
    (row,) = csv.DictReader(exported("csv").splitlines(keepends=True))
    assert row["title"].startswith("'=cmd")
    assert not [cell for cell in row.values() if cell[:1] in set("=+-@")]


def test_json_has_every_field_and_no_password(full: Any) -> None:
    full.password_hash = "argon2$secret"
    full.save()
    row = json.loads(exported("jsonl"))
    assert set(row) == set(exporting.FIELDS)
    assert row["has_password"] is True
    assert "secret" not in exported("jsonl")


def test_batches_follow_each_other_without_a_gap(team: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(exporting, "BATCH", 2)
    made = [link.public_id for link in LinkFactory.create_batch(5, team=team)]
    assert [row["id"] for row in exporting.links_in_batches(Link.objects.all())] == made[::-1]


def test_nothing_is_a_header_alone(db: None) -> None:
    assert exported("csv").splitlines() == [",".join(exporting.FIELDS)]
    assert exported("jsonl") == ""
