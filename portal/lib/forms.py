"""What the forms of all apps share."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from portal.lib.errors import DomainError


def narrow(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Lets a field of `form` that chooses among rows offer `rows` alone; TypeError where it chooses among others."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} does not choose among rows")
    field.queryset = rows


def add_errors(form: forms.BaseForm, error: DomainError) -> None:
    """Puts a service's refusal on `form`: field errors at their fields, the rest at the top."""
    unplaced: list[str] = []
    for name, messages in error.fields.items():
        if name in form.fields:
            form.add_error(name, list(messages))
        else:
            unplaced.extend(f"{name}: {message}" for message in messages)
    if unplaced or not error.fields:
        form.add_error(None, [*unplaced] or [error.detail])
