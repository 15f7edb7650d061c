import pytest
from django import forms

from portal.lib.ui.forms import kind, render


class Everything(forms.Form):
    name = forms.CharField(help_text="As on the door.")
    team = forms.ChoiceField(choices=[("a", "A")])
    many = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("field", "expected"),
    [("name", "input"), ("team", "select"), ("many", "choices"), ("agree", "check"), ("secret", "hidden")],
)
def test_each_widget_has_its_markup(field: str, expected: str) -> None:
    assert kind(Everything()[field]) == expected


def test_help_and_errors_are_tied_to_the_input() -> None:
    html = render(Everything({})["name"])
    assert 'aria-describedby="id_name_helptext id_name_error"' in html or 'aria-describedby="id_name_helptext"' in html
    assert 'aria-invalid="true"' in html
    assert "form-control is-invalid" in html
