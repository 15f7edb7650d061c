from typing import Any

import pytest
from django.utils import timezone

from shortener.forms import drafts
from shortener.forms.drafts import Draft


def test_times_of_a_rule_are_shown_in_the_readers_zone() -> None:
    dates = {"type": "dates", "from": "2026-07-01T10:00:00Z", "until": None}
    with timezone.override("Europe/Vienna"):
        draft = drafts.stored([{"id": 1, "conditions": [dates], "target": "https://a.example/"}])[0]
    assert (draft.fields["since"], draft.fields["until"]) == ("2026-07-01T12:00:00", "")


def test_a_rule_without_a_filled_target_has_an_empty_one() -> None:
    assert drafts.rule_of({}, [{"target": ""}, {}])["target"] == ""


def test_a_target_without_a_share_counts_one() -> None:
    variants: list[dict[str, Any]] = [
        {"target": "https://a.example/", "weight": None},
        {"target": "https://b.example/", "weight": 3},
    ]
    assert [one["weight"] for one in drafts.rule_of({}, variants)["variants"]] == [1, 3]


def test_lines_of_a_query_are_names_with_or_without_a_value() -> None:
    conditions = drafts.rule_of({"query": " a = b \n\nc\nd=\n"}, [])["conditions"]
    assert [(one["name"], one["value"]) for one in conditions] == [("a", " b "), ("c", None), ("d", "")]


@pytest.mark.parametrize(
    "action", ["", "rule", "rule.", "to.add", "to.add.-1", "to.add.\u0663", "rule.up.1.2.3", "...."]
)
def test_what_no_button_sends_changes_nothing(action: str) -> None:
    given = [Draft({"name": "A"})]
    assert drafts.rearranged(given, action) == given


def test_a_condition_is_told_in_words() -> None:
    assert drafts.in_words({"type": "country", "values": ["at"]}) == "country: AT"
    assert drafts.in_words({"type": "country", "values": ["Austria"]}) == ""
