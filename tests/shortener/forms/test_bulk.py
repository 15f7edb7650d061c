from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from shortener.forms import bulk
from shortener.services.bulk import ACTS, Wish


def filled(operation: str, **data: str) -> bulk.WishForm:
    form = bulk.form_of(operation, data)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize("operation", bulk.OPERATIONS)
def test_every_operation_has_a_form_and_a_service(operation: str) -> None:
    given: dict[str, dict[str, str]] = {"tags": {"add": "a"}, "edit": {"preview": "no"}}
    assert filled(operation, **given.get(operation, {})).wish().operation in ACTS


@pytest.mark.parametrize("operation", ["expire", "disable", "enable", "delete", "restore"])
def test_a_wish_without_questions_is_its_name(operation: str) -> None:
    form = filled(operation)
    assert (form.wish(), form.told()) == (Wish(operation), [])


def test_tags_are_small_letters_and_each_once() -> None:
    form = filled("tags", add="Mail, mail ,spring", remove="Old")
    assert form.wish() == Wish("tags", add_tags=("mail", "spring"), remove_tags=("old",))
    assert form.told()[1] == ("Remove tags", "Old")


@pytest.mark.parametrize(("operation", "field"), [("tags", "add"), ("edit", "__all__")])
def test_nothing_asked_for_is_refused(operation: str, field: str) -> None:
    assert list(bulk.form_of(operation, {}).errors) == [field]


def test_an_end_is_in_the_readers_zone_and_told_with_it() -> None:
    with timezone.override("Asia/Tokyo"):
        form = filled("end", expires_at="2030-01-01T09:00:00")
        ends: Any = form.wish().values["expires_at"]
        assert form.told() == [("Works until", "01 Jan 2030, 09:00:00 (Asia/Tokyo)")]
    assert ends == datetime.fromisoformat("2030-01-01T00:00:00Z")


def test_an_empty_end_means_none() -> None:
    form = filled("end", expires_at="")
    assert (form.wish().values, form.told()) == ({"expires_at": None}, [("Works until", "no end")])


def test_only_what_is_chosen_changes() -> None:
    form = filled("edit", preview="yes", is_indexed="no", redirect_status="308", forward_query="")
    assert form.wish().values == {"preview": True, "is_indexed": False, "redirect_status": 308}
