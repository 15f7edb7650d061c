"""The editor of a link's redirect rules: a row of fields for each rule, which works by plain submit buttons."""

import re
from typing import Any

from django import forms
from django.http import QueryDict

from shortener.domain import rules
from shortener.forms import drafts, parts
from shortener.forms.drafts import Draft

DEVICES = [
    ("phone", "Phone"),
    ("tablet", "Tablet"),
    ("desktop", "Computer"),
    ("bot", "Bot or program"),
    ("other", "Anything else"),
]
SYSTEMS = [(name, name) for name in ("iOS", "Android", "Windows", "macOS", "Linux", "Chrome OS")]
BROWSERS = [(name, name) for name in ("Chrome", "Safari", "Firefox", "Edge", "Samsung Internet", "Opera")]
CHOICES = {"device": DEVICES, "os": SYSTEMS, "browser": BROWSERS}
POSITION = re.compile(r"Rule (\d+): ")
VARIANT = re.compile(r"variant (\d+): ")
TARGET_WORDS = ("address", "host", "port 0", "target", "8000 characters")


def boxes(label: str, choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple)


class RuleForm(forms.Form):
    """One rule. Whatever is left empty does not narrow it; `other` keeps conditions that have no field here."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput())
    other = forms.JSONField(required=False, widget=forms.HiddenInput())
    name = forms.CharField(required=False, max_length=rules.LONGEST_NAME, help_text="What you call it.")
    device = boxes("Device", DEVICES)
    os = boxes("System", SYSTEMS)
    browser = boxes("Browser", BROWSERS)
    language = parts.WordsField(required=False, help_text="What the browser prefers: de, fr-CA.")
    country = parts.WordsField(required=False, help_text="Where the network is registered: AT, DE.")
    address = parts.WordsField(label="Network", required=False, help_text="192.0.2.0/24, 2001:db8::/32.")
    query = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 1, "spellcheck": "false"}),
        help_text="One per line: utm_source=mail, or the name alone for any value.",
    )
    since = parts.instant("From")
    until = parts.instant("Until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in CHOICES.items():
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                more = sorted(set(self[name].value() or []) - {value for value, _ in known})
                field.choices = [*known, *((value, value) for value in more)]


class VariantForm(forms.Form):
    """One target of a rule. The weight counts only where there are several."""

    target = parts.address("Go to")
    weight = forms.IntegerField(
        label="Share",
        required=False,
        initial=1,
        min_value=1,
        max_value=rules.LARGEST_WEIGHT,
        widget=forms.NumberInput({"min": "1"}),
    )


class Row:
    """A rule in the editor: its form, those of its targets, and errors that belong to no single field."""

    def __init__(self, position: int, draft: Draft, *, is_bound: bool) -> None:
        self.position, self.index = position, position - 1
        self.draft = draft
        self.errors: list[str] = []
        prefix = f"rule{self.index}"
        self.form: RuleForm = _form(RuleForm, draft.fields, prefix, is_bound)
        self.variants: list[VariantForm] = [
            _form(VariantForm, variant, f"{prefix}-to{number}", is_bound)
            for number, variant in enumerate(draft.variants)
        ]

    @property
    def is_split(self) -> bool:
        return len(self.variants) > 1

    @property
    def is_wrong(self) -> bool:
        """Whether an error stands anywhere in the row."""
        return bool(self.errors or self.form.errors or [one for one in self.variants if one.errors])

    @property
    def kept_conditions(self) -> list[str]:
        """In words, the conditions for which the editor has no field."""
        return [drafts.in_words(one) for one in drafts.listed(self.draft.fields.get("other"))]

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(variant.is_valid() for variant in self.variants)])

    def value(self) -> dict[str, Any]:
        """The JSON of the rule."""
        return drafts.rule_of(self.form.cleaned_data, [variant.cleaned_data for variant in self.variants])

    def add_error(self, sentence: str) -> None:
        """Puts an error where it belongs: at the field of the condition that it names, at a target, else at the row."""
        kind, colon, rest = sentence.partition(": ")
        name = "since" if kind == "dates" else kind
        number = self._target_of(sentence)
        if colon and name in self.form.fields:
            self.form.add_error(name, _capitalized(rest))
        elif number is not None:
            self.variants[number].add_error("target", _capitalized(VARIANT.sub("", sentence)))
        else:
            self.errors.append(_capitalized(sentence))

    def _target_of(self, sentence: str) -> int | None:
        """The place of the target that a sentence speaks of, None when it speaks of none or of several."""
        found = VARIANT.match(sentence)
        if found:
            return min(int(found[1]), len(self.variants)) - 1
        speaks_of_one = not self.is_split and any(word in sentence for word in TARGET_WORDS)
        return 0 if speaks_of_one else None


class RulesEditor:
    """All rows, from what was sent or else from what is stored."""

    def __init__(self, data: QueryDict | None, *, stored: list[dict[str, Any]], action: str = "") -> None:
        self._stored = stored
        is_sent = data is not None and "rules_count" in data
        self._is_sent = is_sent
        given = drafts.sent(data) if data is not None and is_sent else drafts.stored(stored)
        if action:
            given = drafts.rearranged(given, action)
        self.rows = [
            Row(position, draft, is_bound=is_sent and not action) for position, draft in enumerate(given, start=1)
        ]

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= rules.MOST_RULES

    @property
    def has_row_errors(self) -> bool:
        return any(row.is_wrong for row in self.rows)

    def is_valid(self) -> bool:
        """Whether every field can be read; what they mean is decided by the services."""
        return not self._is_sent or not [row for row in self.rows if not row.is_valid()]

    def has_changed(self) -> bool:
        """Whether what was sent differs from what is stored."""
        return self._is_sent and _comparable(self.value()) != _comparable(self._stored)

    def value(self) -> list[dict[str, Any]]:
        """The JSON of all rules, in order; canonical where the domain can read it, so that equal rules are equal."""
        raw = [row.value() for row in self.rows]
        parsed, errors = rules.parse(raw)
        return raw if errors else rules.dump(parsed)

    def add_errors(self, sentences: list[str]) -> None:
        """Puts the services' errors at the rows that they name."""
        for sentence in sentences:
            found = POSITION.match(sentence)
            position = int(found[1]) if found else 0
            if found and position <= len(self.rows):
                self.rows[position - 1].add_error(sentence[found.end() :])


def _comparable(raw: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rules without the order of their conditions, which means nothing."""
    return [rule | {"conditions": sorted(map(repr, rule["conditions"]))} for rule in raw]


def _capitalized(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _form(kind: Any, values: Any, prefix: str, is_bound: bool) -> Any:
    if not is_bound:
        return kind(initial=values, prefix=prefix)
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(f"{prefix}-{name}", value if isinstance(value, list) else [value])
    return kind(data, prefix=prefix)
