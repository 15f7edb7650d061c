from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password

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
        ("max_visits", 0),
        ("max_visits", 2**31),
        ("password", "x" * 1001),
        ("password", "a\0b"),
        ("password", "\ud800"),
        ("forward_path", "yes"),
        ("is_indexed", 1),
        ("rules", [{"id": 1}]),
        ("password_hash", "cannot be set by itself"),
        ("target_hosts", []),
        ("ban", 1),
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


def test_a_password_is_stored_as_a_slow_hash_only() -> None:
    cleaned = fields.clean({**TARGET, "password": " open sesame "})
    assert "password" not in cleaned
    assert check_password(" open sesame ", cleaned["password_hash"])


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_password_takes_it_away(nothing: str | None) -> None:
    assert fields.clean({"password": nothing}, link=LinkFactory(password_hash="x"))["password_hash"] == ""


def test_the_password_that_is_set_already_keeps_its_hash() -> None:
    link = LinkFactory(password_hash=make_password("same"))
    assert "password_hash" not in fields.clean({"password": "same"}, link=link)


def test_the_hosts_follow_every_address() -> None:
    rules = [{"id": 1, "target": "https://C.example/"}]
    cleaned = fields.clean({**TARGET, "expired_target": "http://b.example:8080/", "rules": rules})
    assert cleaned["target_hosts"] == ["b.example", "c.example", "example.org"]


def test_the_hosts_count_what_is_stored_too() -> None:
    link = LinkFactory(expired_target="https://after.example/", rules=[{"id": 1, "target": "https://rule.example/"}])
    assert fields.clean({"rules": []}, link=link)["target_hosts"] == ["after.example", "example.org"]


def test_hosts_are_left_alone_where_no_address_changes() -> None:
    assert "target_hosts" not in fields.clean({"title": "New"}, link=LinkFactory())


def test_the_errors_of_all_fields_come_at_once() -> None:
    wrong = {
        "target": "x",
        "title": "x" * 201,
        "rules": 3,
        "max_visits": 0,
        "password": "\0",
        "expired_target": "data:x",
    }
    with pytest.raises(InvalidLink) as refused:
        fields.clean(wrong)
    assert set(refused.value.fields) == set(wrong)
