"""A schedule in its editor: every change of rows is a plain submit, so that it works without scripts.

A draft is a tree of rows, `{"layers": [{..., "slots": [...], "windows": [...]}], "gaps": [...]}`. Nothing is saved.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from oncall.domain.definitions import MOST_GROUPS, MOST_LAYERS, MOST_WINDOWS
from oncall.forms.policies import offer
from oncall.forms.schedule_rows import (
    HALF_TIME,
    Choices,
    GapForm,
    LayerForm,
    SlotForm,
    WindowForm,
    groups,
    layer_row,
    window_row,
)
from portal.lib.times import zone_names

Row = dict[str, Any]
MOST = {"layers": MOST_LAYERS, "slots": MOST_GROUPS, "windows": MOST_WINDOWS, "gaps": MOST_WINDOWS}
DAYTIME = {"starts": "09:00", "ends": "17:00", "weekdays": ["mon", "tue", "wed", "thu", "fri"], "is_there": "1"}
NEW: dict[str, Row] = {"slots": {"who": "", "together": False}, "windows": DAYTIME, "gaps": DAYTIME | {"role": ""}}


class HeadForm(forms.Form):
    """What a schedule is called, where its clock stands, and when a change counts."""

    name = forms.CharField(max_length=80, initial="On call")
    time_zone = forms.ChoiceField(
        label="Time zone", help_text="Handoffs keep to the clock on the wall there, also when it is moved."
    )
    effective_from = forms.DateTimeField(
        label="The change counts from",
        required=False,
        widget=forms.DateTimeInput(format=HALF_TIME, attrs={"type": "datetime-local"}),
        help_text="In your zone. Left empty, it counts at once; who was on call before stays as it was.",
    )
    note = forms.CharField(
        label="Why", required=False, max_length=200, help_text="Stands in the list of versions and in the mails."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "time_zone", [(name, name) for name in zone_names()])


class LayerRow:
    """The forms of one layer."""

    def __init__(self, row: Row, prefix: str, choices: Choices, sent: QueryDict | None) -> None:
        self.prefix = prefix
        initial = {name: _moment(value) if name.startswith("effective") else value for name, value in row.items()}
        self.form = LayerForm(sent, initial=initial, prefix=prefix)
        self.slots = [
            SlotForm(sent, initial=one, prefix=f"{prefix}-slots-{place}", choices=choices)
            for place, one in enumerate(row["slots"])
        ]
        self.windows = [
            WindowForm(sent, initial=one, prefix=f"{prefix}-windows-{place}")
            for place, one in enumerate(row["windows"])
        ]

    @property
    def forms(self) -> list[forms.Form]:
        return [self.form, *self.slots, *self.windows]

    def layer(self, zone: str) -> dict[str, Any]:
        """The layer of valid forms as a definition has it."""
        people = groups([slot.cleaned_data for slot in self.slots])
        return self.form.layer(people, [window.hours() for window in self.windows], zone)


class Draft:
    """The rows as they stand in the editor: of a definition, or as they were sent."""

    def __init__(self, tree: Row, choices: Choices, sent: QueryDict | None = None) -> None:
        self.tree, self.choices = tree, choices
        self.layers = [LayerRow(row, f"layers-{place}", choices, sent) for place, row in enumerate(tree["layers"])]
        self.gaps = [GapForm(sent, initial=row, prefix=f"gaps-{place}") for place, row in enumerate(tree["gaps"])]

    @classmethod
    def of_definition(cls, definition: Mapping[str, Any], choices: Choices) -> "Draft":
        """What the editor opens with."""
        zone = str(definition.get("time_zone") or "UTC")
        layers = [layer_row(one, zone) for one in definition.get("layers") or []]
        gaps = [window_row(one) for one in definition.get("intended_gaps") or [] if "starts_at" not in one]
        return cls({"layers": layers, "gaps": gaps}, choices)

    @classmethod
    def of_post(cls, data: QueryDict, choices: Choices) -> "Draft":
        """What was sent, to be checked."""
        return cls(tree_sent(data), choices, data)

    def changed(self, action: str) -> "Draft":
        """The draft after `add:<list>`, `remove:<row>`, `up:<row>` or `down:<row>`; a row is `layers.0.slots.1`."""
        verb, _, path = action.partition(":")
        rows, last = _walk(self.tree, path.split("."))
        if rows is None:
            return Draft(self.tree, self.choices)
        if verb == "add" and len(rows) < MOST[last]:
            rows.append(dict(NEW[last]) if last in NEW else self._new_layer())
        elif verb != "add" and last.isdigit() and int(last) < len(rows):
            _move(rows, int(last), verb)
        return Draft(self.tree, self.choices)

    def is_valid(self) -> bool:
        """Checks every row, so that all errors are told at once."""
        checked = [form.is_valid() for row in self.layers for form in row.forms] + [one.is_valid() for one in self.gaps]
        return all(checked)

    def definition(self, zone: str, kept: Mapping[str, Any]) -> dict[str, Any]:
        """The definition of a valid draft; what the editor does not show comes from `kept`, as it was."""
        found: dict[str, Any] = {"time_zone": zone, "layers": [row.layer(zone) for row in self.layers]}
        found |= {part: kept[part] for part in ("spans", "temporary") if kept.get(part)}
        gaps = [one.hours() for one in self.gaps] + [
            one for one in kept.get("intended_gaps") or [] if "starts_at" in one
        ]
        return found | ({"intended_gaps": gaps} if gaps else {})

    def add_errors(self, fields: Mapping[str, Any]) -> list[str]:
        """Puts the problems of a definition at their rows; those of the whole come back."""
        unplaced: list[str] = []
        for path, texts in fields.items():
            parts = path.removeprefix("definition.").split(".")
            if parts[0] == "layers" and len(parts) > 2 and int(parts[1]) < len(self.layers):
                form = self.layers[int(parts[1])].form
                name = next((part for part in parts[2:] if part in form.fields), None)
                form.add_error(name, [f"{'.'.join(parts[2:])}: {text}" if name is None else text for text in texts])
            else:
                unplaced += [f"{path}: {text}" for text in texts]
        return unplaced

    def _new_layer(self) -> Row:
        """One more layer like the last, without its people."""
        known = self.tree["layers"]
        first = {"name": "layer", "role": "primary", "level": 0, "offset": 0, "kind": "weekly", "interval": 1}
        first |= {"starts_at": "", "zone": "", "handoffs": "", "effective_from": "", "effective_until": ""}
        return (dict(known[-1]) if known else first) | {"slots": [dict(NEW["slots"])], "windows": []}


def tree_sent(data: QueryDict) -> Row:
    """The rows of a form that was sent, unchecked, in their order."""
    layers: list[Row] = []
    while len(layers) < MOST_LAYERS and f"layers-{len(layers)}-kind" in data:
        prefix = f"layers-{len(layers)}"
        row = _values(data, prefix, LayerForm)
        row["slots"] = _rows(data, f"{prefix}-slots", SlotForm, "who")
        row["windows"] = _rows(data, f"{prefix}-windows", WindowForm, "is_there")
        layers.append(row)
    return {"layers": layers, "gaps": _rows(data, "gaps", GapForm, "is_there")}


def _rows(data: QueryDict, prefix: str, kind: type[forms.Form], sign: str) -> list[Row]:
    rows: list[Row] = []
    while len(rows) < MOST_GROUPS and f"{prefix}-{len(rows)}-{sign}" in data:
        rows.append(_values(data, f"{prefix}-{len(rows)}", kind))
    return rows


def _values(data: QueryDict, prefix: str, kind: type[forms.Form]) -> Row:
    row: Row = {}
    for name, field in kind.base_fields.items():
        key = f"{prefix}-{name}"
        is_many = isinstance(field, forms.MultipleChoiceField)
        row[name] = data.getlist(key) if is_many else data.get(key, "")
        if isinstance(field, forms.BooleanField):
            row[name] = key in data
    return row


def _walk(tree: Row, parts: list[str]) -> tuple[list[Row] | None, str]:
    """The list that a path names or that holds the row it names, and the last part; None where there is none."""
    here: Any = tree
    way = parts if parts[-1] in MOST else parts[:-1]
    for part in way:
        if isinstance(here, list):
            here = here[int(part)] if part.isdigit() and len(part) < 4 and int(part) < len(here) else None
        else:
            here = here.get(part) if isinstance(here, dict) else None
    usable = isinstance(here, list) and (parts[-1] in MOST or (parts[-1].isdigit() and len(parts[-1]) < 4))
    return (here if usable else None), parts[-1]


def _move(rows: list[Row], place: int, verb: str) -> None:
    other = place + {"up": -1, "down": 1}.get(verb, 0)
    if verb == "remove":
        rows.pop(place)
    elif 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]


def _moment(value: Any) -> Any:
    """An instant of a definition as a field shows it; what was typed stays as it is."""
    try:
        found = parse_datetime(value) if isinstance(value, str) and value else None
    except ValueError:
        return value
    return found if found is not None and found.tzinfo else value
