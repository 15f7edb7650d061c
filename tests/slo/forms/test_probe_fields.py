"""Options as they are typed, and back."""

from typing import Any

import pytest
from django import forms

from slo.clients.kinds import KINDS
from slo.clients.kinds.scenario import STEP
from slo.domain.option_values import Option, Shape
from slo.forms import probe_fields

EXAMPLES: dict[Shape, Any] = {
    Shape.LINES: ["a", "b c"],
    Shape.HEADERS: {"Accept": "text/html", "X-A": "a: b"},
    Shape.DIALOG: [{"expect": "^220"}, {"send": "EHLO me"}],
    Shape.CAPTURES: [{"name": "id", "from": "body", "path": "id=([0-9]+)"}],
    Shape.ASSERTIONS: [{"subject": "json", "path": "$.a", "comparison": "equals", "value": "b c"}],
    Shape.LONG: "a\nb",
}


@pytest.mark.parametrize("shape", sorted(EXAMPLES))
def test_what_is_shown_is_read_back(shape: Shape) -> None:
    option = Option("x", "X", shape)
    assert probe_fields.typed(option, probe_fields.shown(option, EXAMPLES[shape])) == EXAMPLES[shape]


def test_line_ends_of_browsers_are_plain_ones() -> None:
    assert probe_fields.typed(Option("x", "X", Shape.LONG), "a\r\nb") == "a\nb"


@pytest.mark.parametrize("key", sorted(KINDS))
def test_the_defaults_of_a_kind_are_valid_input(key: str) -> None:
    schema = KINDS[key].options
    empty = forms.Form()
    probe_fields.add_fields(empty, schema)
    form = forms.Form(probe_fields.initial(schema, {}))
    form.fields = empty.fields
    assert form.is_valid()
    assert set(probe_fields.values(form, schema)) == {name.removeprefix("option_") for name in form.fields}


@pytest.mark.parametrize(
    ("path", "told"),
    [("headers.X A", "X A: wrong"), ("captures.1.path", "Line 2: wrong"), ("url", "wrong")],
)
def test_a_problem_is_put_where_it_lies(path: str, told: str) -> None:
    form = forms.Form({})
    probe_fields.add_fields(form, STEP, "")
    form.full_clean()
    assert probe_fields.placed(form, path, ["wrong"], "")
    assert form.errors[path.partition(".")[0]] == [told]


def test_a_problem_without_a_field_is_not_placed() -> None:
    assert not probe_fields.placed(forms.Form({}), "smell", ["wrong"])
