"""Pages of answers that are said to follow."""

from typing import Any

import pytest

from oncall.domain.imports import pages, systems

GRAFANA = [{"next": "https://x/?page=2", "previous": None}, {"next": None, "previous": "https://x/"}]
PAGERDUTY = [{"more": True, "offset": 0}, {"more": False, "offset": 100}]
OPSGENIE = [{"paging": {"next": "https://x/?offset=20"}}, {"paging": {"prev": "https://x/?offset=0"}}]


@pytest.mark.parametrize("answers", [GRAFANA, PAGERDUTY, OPSGENIE], ids=["grafana", "pagerduty", "opsgenie"])
def test_a_page_that_is_not_here_is_counted(answers: list[Any]) -> None:
    assert (pages.missing(answers[:1]), pages.missing(answers), pages.missing([answers])) == (1, 0, 0)


def test_other_documents_have_no_pages() -> None:
    assert pages.missing([None, 3, {"offset": True, "more": "yes", "next": 2, "paging": []}]) == 0


def test_the_report_says_so() -> None:
    assert "1 more of their pages" in systems.read("pagerduty", PAGERDUTY[:1]).notes[-1]
