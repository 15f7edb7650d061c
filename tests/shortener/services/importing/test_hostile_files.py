"""Whatever bytes somebody uploads: a preview, or one sentence. Never a defect."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.lib.errors import Invalid
from shortener.domain.importing import decoding
from shortener.domain.importing.records import Unreadable
from shortener.models import Domain
from shortener.services.importing import bodies, formats, rows
from shortener.services.importing.rows import Context

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DOMAIN = Domain(pk=1, name="go.example.com")
HEADS = [
    "url,slug,title,tags,created_at,expires_at,visits,rules\n",
    "[",
    '{"data": [',
    "INSERT INTO yourls_url VALUES (",
]
CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text(), max_size=3))
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def read(body: bytes, kind: str) -> list[Any]:
    text, _ = decoding.decode(body)
    form = formats.ALL[kind] if kind else formats.detect(text)
    table = form.read(text)
    packed, _ = bodies.packed(table)
    mapping = form.guess(table.columns)
    context = Context(form, mapping, DOMAIN, {}, frozenset(), (), True, NOW)
    return [rows.draft_of(record, context) for record in bodies.unpacked(packed, table.columns)]


def is_answered(body: bytes, kind: str = "") -> bool:
    try:
        return isinstance(read(body, kind), list)
    except (Unreadable, Invalid) as refusal:
        return bool(str(refusal))


@given(st.binary(max_size=300), st.sampled_from(["", *formats.ALL]))
@example(b"\xff\xfe\x00", "")
@example(b'"' * 50, "csv")
@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
def test_any_bytes_are_read_or_refused(body: bytes, kind: str) -> None:
    assert is_answered(body, kind)


@given(st.sampled_from(HEADS), st.text(max_size=200))
@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
def test_any_text_after_a_good_beginning_is_read_or_refused(head: str, rest: str) -> None:
    assert is_answered((head + rest).encode("utf-8", "surrogatepass"))


@given(st.dictionaries(st.sampled_from(["target", *formats.FIELDS, "password", "maxVisits"]), CELLS, min_size=1))
@settings(max_examples=200, deadline=None, suppress_health_check=QUIET)
@pytest.mark.parametrize("kind", ["csv", "portal", "kutt", "shlink"])
def test_any_values_of_any_field_are_read_or_refused(kind: str, cells: dict[str, Any]) -> None:
    assert is_answered(json.dumps([cells]).encode(), kind)


@pytest.mark.parametrize(
    "body",
    [
        b"a," * 1_000_000,
        b"url\n" + b'"' + b"x" * 1_000_000,
        b"url\n" + b"\0" * 100_000,
        b"[" * 1_000_000,
        b'[{"a":' * 50_000,
        b"[" + b"1" * 100_000 + b"]",
        b"url\n" + b"https://example.org/" + b"a" * 200_000,
        b'[{"url": "https://example.org/", "' + b"k" * 100_000 + b'": 1}]',
    ],
    ids=["columns", "open quote", "zeros", "depth", "objects", "number", "long cell", "long name"],
)
def test_large_hostile_files_are_answered_quickly(body: bytes) -> None:
    assert is_answered(body)
