"""The secrets of probes."""

import pytest

from slo.clients import credentials


def test_secrets_are_sealed_and_opened() -> None:
    sealed = credentials.sealed({"token": "tok-123456789", "username": ""})
    assert "tok-1" not in sealed
    assert credentials.opened(sealed) == {"token": "tok-123456789"}


def test_no_secrets_are_nothing() -> None:
    assert credentials.sealed({"token": ""}) == ""
    assert credentials.opened("") == {}


@pytest.mark.parametrize(
    ("secrets", "headers"),
    [
        ({}, {}),
        ({"username": "ada", "password": "x:y"}, {"Authorization": "Basic YWRhOng6eQ=="}),
        ({"token": "t"}, {"Authorization": "Bearer t"}),
        ({"header_name": "X-Key", "header_value": "k"}, {"X-Key": "k"}),
    ],
)
def test_each_sort_signs_in_by_its_header(secrets: dict[str, str], headers: dict[str, str]) -> None:
    assert credentials.headers(secrets) == headers


def test_what_must_not_be_seen_holds_no_names() -> None:
    hidden = credentials.hidden({"username": "ada", "password": "pw-12345"})
    assert hidden == ["pw-12345", "YWRhOnB3LTEyMzQ1"]
