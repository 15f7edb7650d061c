from datetime import datetime, timedelta
from typing import Any

import pytest

from shortener.exceptions import InvalidLink
from shortener.services import fields
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

TARGET = {"target": "https://example.org/"}


def test_tags_are_trimmed_small_and_each_once() -> None:
    assert fields.clean({**TARGET, "tags": [" Mail ", "mail", "", "Spring"]})["tags"] == ["mail", "spring"]


def test_an_empty_external_id_is_none() -> None:
    assert fields.clean({**TARGET, "external_id": " "})["external_id"] is None


def test_an_empty_expired_target_is_kept_empty() -> None:
    assert fields.clean({**TARGET, "expired_target": ""})["expired_target"] == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "x" * 201),
        ("title", "\0"),
        ("notes", "x" * 10_001),
        ("notes", "\ud800"),
        ("tags", ["x" * 51]),
        ("tags", ["a,b"]),
        ("tags", [str(number) for number in range(21)]),
        ("redirect_status", 300),
        ("max_age", -1),
        ("max_age", 2**40),
        ("expired_target", "javascript:alert(1)"),
        ("external_id", "x" * 201),
        ("state", "banned"),
        ("slug", "cannot-be-set-here"),
    ],
)
def test_a_bad_value_is_named(name: str, value: Any) -> None:
    with pytest.raises(InvalidLink) as refused:
        fields.clean({**TARGET, name: value})
    assert set(refused.value.fields) == {name}


def test_a_new_link_needs_a_target() -> None:
    with pytest.raises(InvalidLink) as refused:
        fields.clean({})
    assert set(refused.value.fields) == {"target"}


def test_an_end_before_the_stored_beginning_is_refused(now: datetime) -> None:
    link = LinkFactory(not_before=now)
    with pytest.raises(InvalidLink):
        fields.clean({"expires_at": now}, link=link)
    assert fields.clean({"expires_at": now, "not_before": now - timedelta(1)}, link=link)
