"""What assertions find in an answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from multidict import CIMultiDict

from slo.clients import answers
from slo.clients.answers import Exchange
from slo.domain.assertions import Assertion

ANSWER = Exchange(
    body=b'{"a": [1, 2]}',
    status=200,
    headers=CIMultiDict([("Via", "a"), ("via", "b")]),
    latency=timedelta(milliseconds=12.34),
    redirects=2,
)


@pytest.mark.parametrize(
    ("subject", "path", "found"),
    [
        ("header", "VIA", ["a", "b"]),
        ("header", "Server", []),
        ("body", "", ['{"a": [1, 2]}']),
        ("json", "$.a[*]", [1, 2]),
        ("latency", "", [12.3]),
        ("size", "", [13]),
        ("redirects", "", [2]),
        ("tls_version", "", []),
        ("certificate_days", "", []),
    ],
)
def test_each_subject_is_found(subject: str, path: str, found: list[Any]) -> None:
    assert answers.found(Assertion(subject, "exists", path=path), ANSWER) == found


def test_plain_headers_are_found_as_well() -> None:
    assert answers.found(Assertion("header", "exists", path="VIA"), Exchange(headers={"Via": "a"})) == ["a"]


def test_the_first_broken_assertion_is_told() -> None:
    wanted = [
        {"subject": "size", "comparison": "at_most", "value": "100"},
        {"subject": "redirects", "comparison": "at_most", "value": "1"},
        {"subject": "body", "comparison": "contains", "value": "zebra"},
    ]
    assert answers.broken(wanted, ANSWER) == "Redirects followed is 2, expected was: at most 1."


def test_without_tls_there_is_no_version_and_no_end() -> None:
    assert answers.tls_version(None) == ""
    assert answers.days_left(None, datetime(2026, 1, 1, tzinfo=UTC)) is None
