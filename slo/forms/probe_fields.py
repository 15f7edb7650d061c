"""The options of a kind of probe as form fields, and back: lists and headers are typed one on each line."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from slo.domain import assertions
from slo.domain.option_values import Option, Shape

ROWS = 2
PREFIX = "option_"
IN_ROWS = frozenset({Shape.ASSERTIONS, Shape.STEPS})
BY_LINE = frozenset({Shape.LINES, Shape.HEADERS, Shape.DIALOG, Shape.CAPTURES, Shape.ASSERTIONS})


def field_of(option: Option) -> forms.Field:
    """The form field that an option is typed into."""
    common: dict[str, Any] = {"label": option.label, "help_text": option.help, "required": False}
    match option.shape:
        case Shape.NUMBER:
            return forms.IntegerField(**{**common, "required": True}, min_value=option.low, max_value=option.high)
        case Shape.CHOICE:
            return forms.ChoiceField(**common, choices=option.choices)
        case Shape.FLAG:
            return forms.BooleanField(**common)
        case Shape.TEXT | Shape.STATUS:
            return forms.CharField(**common, max_length=option.longest)
        case _:
            return forms.CharField(**common, strip=False, widget=forms.Textarea(attrs={"rows": ROWS, "class": "mono"}))


def shown(option: Option, value: Any) -> Any:
    """A stored value as it is typed."""
    match option.shape:
        case Shape.LINES:
            return "\n".join(value)
        case Shape.HEADERS:
            return "\n".join(f"{name}: {text}" for name, text in value.items())
        case Shape.DIALOG:
            return "\n".join(f"{word} {text}" for turn in value for word, text in turn.items())
        case Shape.CAPTURES:
            return "\n".join(f"{one['name']} = {one['from']} {one['path']}" for one in value)
        case Shape.ASSERTIONS:
            return "\n".join(assertions.line_of(one) for one in value)
        case _:
            return value


def typed(option: Option, value: Any) -> Any:
    """What was typed as it is stored, before any check."""
    if option.shape not in BY_LINE:
        return value.replace("\r\n", "\n") if option.shape is Shape.LONG else value
    lines = [line.strip() for line in str(value).splitlines() if line.strip()]
    match option.shape:
        case Shape.HEADERS:
            return dict(_header(line) for line in lines)
        case Shape.DIALOG:
            return [{word: text} for word, _, text in (line.partition(" ") for line in lines)]
        case Shape.CAPTURES:
            return [_capture(line) for line in lines]
        case Shape.ASSERTIONS:
            return [assertions.from_line(line) for line in lines]
        case _:
            return lines


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()


def _capture(line: str) -> dict[str, str]:
    name, _, rest = line.partition("=")
    source, _, path = rest.strip().partition(" ")
    return {"name": name.strip(), "from": source, "path": path.strip()}


def add_fields(form: forms.Form, schema: Sequence[Option], prefix: str = PREFIX) -> None:
    """Gives `form` a field for each option that is not typed into rows of its own."""
    for option in schema:
        if option.shape not in IN_ROWS or (option.shape is Shape.ASSERTIONS and not prefix):
            form.fields[f"{prefix}{option.key}"] = field_of(option)


def initial(schema: Sequence[Option], options: Mapping[str, Any], prefix: str = PREFIX) -> dict[str, Any]:
    """What the fields show of stored options."""
    return {
        f"{prefix}{option.key}": shown(option, options.get(option.key, option.default))
        for option in schema
        if option.shape is not Shape.STEPS
    }


def values(form: forms.Form, schema: Sequence[Option], prefix: str = PREFIX) -> dict[str, Any]:
    """The options that a valid form holds."""
    data = form.cleaned_data
    return {
        option.key: typed(option, data[f"{prefix}{option.key}"]) for option in schema if f"{prefix}{option.key}" in data
    }


def placed(form: forms.Form, path: str, problems: Sequence[str], prefix: str = PREFIX) -> bool:
    """Puts the problems of an option at its field, with the line they lie in; false when there is no such field."""
    key, _, rest = path.partition(".")
    name = f"{prefix}{key}"
    if name not in form.fields:
        return False
    first = rest.partition(".")[0]
    where = f"Line {int(first) + 1}: " if first.isdecimal() else f"{first}: " if first else ""
    for problem in problems:
        form.add_error(name, f"{where}{problem}")
    return True
