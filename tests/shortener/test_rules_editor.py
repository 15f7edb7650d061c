from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from shortener.forms import drafts
from shortener.forms.rules import RulesEditor

EVERYTHING: list[dict[str, Any]] = [
    {
        "id": 4,
        "name": "Phones",
        "conditions": [
            {"type": "device", "values": ["phone"]},
            {"type": "os", "values": ["iOS", "HarmonyOS"]},
            {"type": "browser", "values": ["Safari"]},
            {"type": "language", "values": ["de", "fr-CA"]},
            {"type": "country", "values": ["AT"]},
            {"type": "address", "values": ["192.0.2.0/24"]},
            {"type": "query", "name": "a", "value": None},
            {"type": "query", "name": "b", "value": "c=d"},
            {"type": "query", "name": "e", "value": ""},
            {"type": "dates", "from": "2026-01-01T00:00:00Z", "until": None},
        ],
        "target": "https://a.example/",
    },
    {
        "id": 2,
        "name": "",
        "conditions": [],
        "variants": [{"target": "https://a.example/", "weight": 70}, {"target": "https://b.example/", "weight": 30}],
    },
]


def sent_back(editor: RulesEditor) -> QueryDict:
    """What a browser sends of the fields that the editor shows."""
    data = QueryDict(mutable=True)
    data["rules_count"] = str(len(editor.rows))
    for row in editor.rows:
        data[f"rule{row.index}-targets"] = str(len(row.variants))
        for bound in [field for form in (row.form, *row.variants) for field in form]:
            value = bound.value()
            data.setlist(bound.html_name, value if isinstance(value, list) else [value] * bool(value))
    return data


def editor_of(stored: list[dict[str, Any]], action: str = "") -> RulesEditor:
    """The editor after the page with `stored` was sent, unchanged but for the button `action`."""
    return RulesEditor(sent_back(RulesEditor(None, stored=stored)), stored=stored, action=action)


def test_rules_go_through_the_editor_unchanged() -> None:
    editor = editor_of(EVERYTHING)
    assert editor.is_valid()
    assert not editor.has_changed()


def test_the_order_of_conditions_is_no_change() -> None:
    turned = [rule | {"conditions": rule["conditions"][::-1]} for rule in EVERYTHING]
    turned[0]["conditions"].sort(key=lambda one: one.get("name") or "")
    editor = editor_of(turned)
    assert editor.is_valid()
    assert not editor.has_changed()


@pytest.mark.parametrize(
    "kept",
    [
        {"type": "device", "values": ["tablet"]},
        {"type": "query", "name": "a=b", "value": "c"},
        {"type": "language", "values": ["a,b"]},
        {"type": "dates", "from": "2026-01-01T00:00:00.500000Z", "until": None},
    ],
)
def test_conditions_without_a_field_of_their_own_are_kept(kept: dict[str, Any]) -> None:
    first = {"type": "device", "values": ["phone"]}
    stored = [{"id": 1, "name": "", "conditions": [first, kept], "target": "https://a.example/"}]
    editor = editor_of(stored)
    assert editor.is_valid()
    assert editor.value()[0]["conditions"] == [first, kept]
    assert RulesEditor(None, stored=stored).rows[0].kept_conditions[0].startswith(kept["type"])


@pytest.mark.parametrize(
    ("action", "ids"),
    [
        ("rule.add", ["4", "2", None]),
        ("rule.remove.0", ["2"]),
        ("rule.up.1", ["2", "4"]),
        ("rule.down.0", ["2", "4"]),
        ("rule.up.0", ["4", "2"]),
        ("rule.down.1", ["4", "2"]),
        ("rule.up.9", ["4", "2"]),
        ("rule.fly.0", ["4", "2"]),
        ("nonsense", ["4", "2"]),
        ("rule.remove.x", ["4", "2"]),
    ],
)
def test_buttons_rearrange_the_rows(action: str, ids: list[str | None]) -> None:
    assert [row.form["id"].value() for row in editor_of(EVERYTHING, action).rows] == ids


@pytest.mark.parametrize(
    ("action", "targets"), [("to.add.1", 3), ("to.remove.1.0", 1), ("to.remove.1.9", 2), ("to.remove.1", 2)]
)
def test_targets_come_and_go(action: str, targets: int) -> None:
    assert len(editor_of(EVERYTHING, action).rows[1].variants) == targets


def test_the_last_target_of_a_rule_stays() -> None:
    assert len(editor_of(EVERYTHING, "to.remove.0.0").rows[0].variants) == 1


def test_a_row_that_a_person_adds_is_a_rule_for_everybody_without_an_id() -> None:
    data = QueryDict("rules_count=1&rule0-targets=1&rule0-to0-target=https://a.example/&rule0-name=All")
    editor = RulesEditor(data, stored=[])
    assert editor.is_valid()
    assert editor.value() == [{"id": None, "name": "All", "conditions": [], "target": "https://a.example/"}]


def test_empty_targets_of_a_split_are_left_out() -> None:
    data = QueryDict("rules_count=1&rule0-targets=2&rule0-to0-target=https://a.example/&rule0-to0-weight=5")
    editor = RulesEditor(data, stored=[])
    assert editor.is_valid()
    assert editor.value()[0]["target"] == "https://a.example/"


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Rule 1: country: 'x' is no country.", "country"),
        ("Rule 1: dates: the beginning must lie before the end.", "since"),
        ("Rule 1: address: 'x' is no address.", "address"),
    ],
)
def test_errors_stand_at_the_condition_that_they_name(sentence: str, place: str) -> None:
    editor = editor_of(EVERYTHING)
    editor.is_valid()
    editor.add_errors([sentence])
    assert list(editor.rows[0].form.errors) == [place]


@pytest.mark.parametrize(
    ("sentence", "row", "target"),
    [("Rule 1: Only http:// and https:// addresses.", 0, 0), ("Rule 2: variant 2: Only http://.", 1, 1)],
)
def test_errors_stand_at_the_target_that_they_name(sentence: str, row: int, target: int) -> None:
    editor = editor_of(EVERYTHING)
    editor.is_valid()
    editor.add_errors([sentence])
    assert str(editor.rows[row].variants[target].errors["target"][0]).startswith("Only http://")


def test_other_errors_stand_at_the_row() -> None:
    editor = editor_of(EVERYTHING)
    editor.is_valid()
    editor.add_errors(["Rule 2: the id 4 is used twice.", "Rule 9: nowhere.", "Not of a rule."])
    assert [row.errors for row in editor.rows] == [[], ["The id 4 is used twice."]]
    assert editor.has_row_errors


@pytest.mark.parametrize("count", ["", "-1", "x", "999999999", "\u0663"])
def test_a_count_that_makes_no_sense_does_no_harm(count: str) -> None:
    assert drafts.sent(QueryDict(urlencode({"rules_count": count}))) == []


@pytest.mark.parametrize("other", ["", "{}", "[", "3", None, 3])
def test_a_hidden_field_that_was_tampered_with_holds_no_conditions(other: object) -> None:
    assert drafts.listed(other) == []
    assert drafts.in_words(other) == ""
