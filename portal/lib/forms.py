"""What the forms of all apps share."""

from django import forms

from portal.lib.errors import DomainError


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
