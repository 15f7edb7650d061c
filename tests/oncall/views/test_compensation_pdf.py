from datetime import datetime
from typing import Any

import pytest

from oncall.models import Schedule
from tests.oncall.duty import rule

pytestmark = pytest.mark.django_db
ADDRESS = "/oncall/compensation/statements.pdf"


def test_each_person_has_a_page(client_for: Any, alice: Any, team: Any, schedule: Schedule, stopped: datetime) -> None:
    rule(team, name="Rufbereitschaft \u00fc \U0001f319")
    answer = client_for(alice).get(f"{ADDRESS}?team=payments&month=2026-04")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.count(b"/Type /Page\n") == 2


def test_a_month_of_nobody_is_a_paper_too(client_for: Any, bob: Any) -> None:
    assert client_for(bob).get(ADDRESS).content.startswith(b"%PDF-")


def test_it_is_not_for_others(client_for: Any, vera: Any) -> None:
    assert client_for(vera).get(f"{ADDRESS}?team=payments").status_code == 403


def test_letters_that_no_font_has_are_told_on_the_page(
    client_for: Any, alice: Any, bob: Any, team: Any, schedule: Schedule, stopped: datetime
) -> None:
    rule(team)
    bob.name = "\U0001f319 Bob"
    bob.save()
    page = client_for(alice).get("/oncall/compensation/?team=payments&month=2026-04").content.decode()
    assert "No font here can print \U0001f319 Bob in a PDF" in page
    assert client_for(alice).get(f"{ADDRESS}?team=payments&month=2026-04").content.startswith(b"%PDF-")
