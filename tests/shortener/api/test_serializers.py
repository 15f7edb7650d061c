from typing import Any

import pytest

from shortener.api import serializers

pytestmark = pytest.mark.django_db


def errors_of(kind: Any, data: dict[str, Any]) -> set[str]:
    serializer = kind(data=data)
    serializer.is_valid()
    return set(serializer.errors)


def test_errors_of_type_and_of_meaning_come_together() -> None:
    data = {"target": "javascript:x", "max_age": "long", "slug": "a b", "redirect_status": 303, "tags": "mail"}
    assert errors_of(serializers.LinkDraft, data) == set(data)


def test_a_draft_needs_a_target_and_a_patch_needs_nothing() -> None:
    assert errors_of(serializers.LinkDraft, {}) == {"target"}
    assert errors_of(serializers.LinkPatch, {}) == set()


@pytest.mark.parametrize("name", ["slug", "domain", "team", "version", "id"])
def test_what_cannot_be_changed_is_refused_by_name(name: str) -> None:
    assert errors_of(serializers.LinkPatch, {name: "x"}) == {name}


@pytest.mark.parametrize("text", ["\0", "\ud800"])
def test_what_cannot_be_stored_is_refused(text: str) -> None:
    assert errors_of(serializers.LinkPatch, {"title": text, "tags": [text]}) == {"title", "tags"}
