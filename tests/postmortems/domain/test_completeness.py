from dataclasses import replace
from datetime import date
from typing import Any

from postmortems.domain import completeness, sections
from postmortems.domain.completeness import Facts, ItemFacts

TODAY = date(2026, 3, 4)
ITEM = ItemFacts("Refuse empty configs", "prevent", True, TODAY, 1, "https://tickets.example.com/1")
FULL = Facts({template.key: "Text." for template in sections.TEMPLATES}, impact_numbers=1, items=[ITEM])


def codes(**changes: Any) -> list[str]:
    return [finding.code for finding in completeness.findings(replace(FULL, **changes), today=TODAY)]


def test_a_complete_document_has_no_findings() -> None:
    assert codes() == []


def test_empty_required_sections_are_required_findings() -> None:
    found = completeness.findings(replace(FULL, texts={}), today=TODAY)
    assert [finding.text for finding in found if finding.is_required] == [
        "Summary is empty.",
        "Impact is empty.",
        "Contributing factors is empty.",
    ]


def test_a_long_summary_is_found() -> None:
    assert codes(texts={**FULL.texts, "summary": "One.\n\nTwo.\n\nThree."}) == ["long-summary"]


def test_an_impact_has_numbers() -> None:
    assert codes(impact_numbers=0) == ["impact-without-numbers"]


def test_nothing_follows_only_for_a_reason() -> None:
    assert codes(items=[]) == ["no-action-items"]
    assert codes(items=[], no_items_reason="It costs more.") == []


def test_an_item_has_an_owner_a_date_and_a_ticket() -> None:
    found = completeness.findings(
        replace(FULL, items=[replace(ITEM, has_owner=False, due_on=None, ticket_url="")]), today=TODAY
    )
    assert [finding.text for finding in found] == ["'Refuse empty configs' has no owner and no due date and no ticket."]


def test_vague_verbs_are_found() -> None:
    assert codes(items=[replace(ITEM, title="Improve monitoring")]) == ["vague-item"]


def test_not_everything_has_the_same_priority() -> None:
    assert codes(items=[ITEM, ITEM, ITEM]) == ["one-priority"]


def test_something_prevents() -> None:
    assert codes(items=[replace(ITEM, type="detect")]) == ["nothing-prevents"]


def test_an_outage_of_users_has_something_urgent() -> None:
    assert codes(items=[replace(ITEM, priority=3)]) == ["nothing-urgent"]
    assert codes(items=[replace(ITEM, priority=3)], is_for_users=False) == []


def test_late_is_said() -> None:
    assert codes(due_on=date(2026, 3, 3)) == ["late"]
    assert codes(due_on=TODAY) == []
