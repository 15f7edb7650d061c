"""Captured values in later requests."""

import pytest

from slo.domain import placeholders


def test_names_are_filled_in() -> None:
    text = "/users/{{id}}?t={{ credentials.token }}"
    assert placeholders.names(text) == ["id", "credentials.token"]
    assert placeholders.filled(text, {"id": "7", "credentials.token": "x"}) == "/users/7?t=x"


def test_a_value_is_never_filled_in_twice() -> None:
    assert placeholders.filled("{{a}}", {"a": "{{b}}", "b": "x"}) == "{{b}}"


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(placeholders.Unknown, match=r"no value for \{\{token\}\}"):
        placeholders.filled("{{token}}", {})


@pytest.mark.parametrize("text", ["{{}}", "{{1a}}", "{a}", "{{a b}}", "${{ }}"])
def test_other_braces_stay(text: str) -> None:
    assert placeholders.filled(text, {}) == text


@pytest.mark.parametrize(("name", "good"), [("token", True), ("a_1", True), ("a.b", False), ("", False), ("1a", False)])
def test_what_a_value_may_be_called(name: str, good: bool) -> None:
    assert placeholders.is_name(name) is good
