"""The tabs of on-call: four sections, and the pages of the one that is open."""

import re

import pytest
from django.template.loader import render_to_string

PAGES = ["inbox", "silences", "review", "home", "mine", "who", "feeds", "policies", "integrations", "routes", "points"]
CURRENT = re.compile(r'aria-current="(\w+)">([^<]+)<')


@pytest.mark.parametrize("section", [*PAGES, "import"])
def test_a_page_is_marked_once_in_its_section(section: str) -> None:
    marks = CURRENT.findall(render_to_string("oncall/_tabs.html", {"section": section}))
    assert [mark for mark, _ in marks] == ["true", "page"]


def test_reports_bring_a_row_of_their_own() -> None:
    text = render_to_string("oncall/_tabs.html", {"section": "reports"})
    assert (CURRENT.findall(text), text.count("<ul")) == ([("page", "Reports")], 1)


def test_a_page_of_a_schedule_is_within_the_schedules() -> None:
    marks = CURRENT.findall(render_to_string("oncall/_tabs.html", {"section": "schedules"}))
    assert marks == [("true", "On call"), ("true", "Schedules")]
