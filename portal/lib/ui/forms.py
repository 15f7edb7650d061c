"""How a form field is drawn: which markup its widget needs, and the classes on it."""

from typing import Literal

from django.forms import BoundField, widgets
from django.utils.safestring import SafeString

Kind = Literal["hidden", "check", "choices", "select", "input"]


def kind(bound: BoundField) -> Kind:
    """The markup a field needs: one box, a group of boxes, a select or an input."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    return "select" if isinstance(widget, widgets.Select) else "input"


CLASSES: dict[Kind, str] = {"check": "form-check-input", "select": "form-select", "input": "form-control"}


def render(bound: BoundField) -> SafeString:
    """The widget with the product's classes; help and errors are tied to it by Django's own aria attributes."""
    own = str(bound.field.widget.attrs.get("class", ""))
    names = [own, CLASSES.get(kind(bound), ""), "is-invalid" if bound.errors else ""]
    return bound.as_widget(attrs={"class": " ".join(name for name in names if name)})
