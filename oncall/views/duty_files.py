"""Statements of compensation as files: a table for spreadsheets, and a paper to sign."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from oncall.domain.statements import Line, Statement, shown
from oncall.selectors.compensation import PersonStatement
from portal.lib import cells

FACTS = ("month", "team", "person", "mail", "rule", "line", "quantity", "unit")
COLUMNS = (*FACTS, "money", "currency", "weighted_hours", "days_off", "explanation")
FONT = "Inter"


def csv_response(month: date, found: Sequence[PersonStatement]) -> HttpResponse:
    """One row for each line of each statement; no cell is taken for a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="on-call-{month:%Y-%m}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for one in found:
        for line in one.statement.lines:
            writer.writerow([cells.safe_cell(cell) for cell in _row(month, one, line)])
    return response


def pdf_response(month: date, found: Sequence[PersonStatement]) -> HttpResponse:
    """One page or more for each person."""
    paper = _paper(f"On-call compensation {month:%B %Y}")
    for one in found:
        _statement(paper, month, one)
    if not found:
        paper.add_page()
        _say(paper, 6, f"Nobody was on duty in {month:%B %Y}.")
    response = HttpResponse(bytes(paper.output()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="on-call-{month:%Y-%m}.pdf"'
    return response


def totals(statement: Statement) -> list[str]:
    """The sums of a statement in words, those that are zero left out."""
    found = [f"{value} {currency}" for currency, value in sorted(statement.money.items())]
    found += [f"{statement.hours} weighted hours"] if statement.hours else []
    return found + ([f"{statement.days} days off"] if statement.days else [])


def _row(month: date, one: PersonStatement, line: Line) -> list[object]:
    return [
        f"{month:%Y-%m}",
        one.team.name,
        str(one.user),
        one.user.email,
        line.rule,
        line.term,
        shown(line.quantity),
        line.unit,
        _plain(line.money),
        line.currency if line.money is not None else "",
        _plain(line.hours),
        _plain(line.days),
        line.explanation,
    ]


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _paper(title: str) -> FPDF:
    fonts = Path(settings.BASE_DIR) / "static" / "vendor" / "inter"
    paper = FPDF(format="A4")
    paper.set_title(title)
    paper.add_font(FONT, "", fonts / "inter-latin-400.ttf")
    paper.add_font(FONT, "B", fonts / "inter-latin-600.ttf")
    paper.set_auto_page_break(auto=True, margin=18)
    paper.set_margins(18, 18, 18)
    paper.set_font(FONT, "", 10)
    return paper


def _say(paper: FPDF, height: int, text: str) -> None:
    """A paragraph; the next one begins below it."""
    paper.multi_cell(0, height, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _statement(paper: FPDF, month: date, one: PersonStatement) -> None:
    paper.add_page()
    paper.set_font(FONT, "B", 16)
    _say(paper, 9, f"On-call in {month:%B %Y}")
    paper.set_font(FONT, "", 11)
    _say(paper, 6, f"{one.user} ({one.user.email}), {one.team.name}")
    _say(paper, 6, f"Month on the clock of {one.team.time_zone}")
    paper.ln(4)
    for line in one.statement.lines:
        paper.set_font(FONT, "B", 10)
        _say(paper, 6, f"{line.rule}: {line.term}")
        paper.set_font(FONT, "", 10)
        _say(paper, 6, line.explanation)
        paper.ln(2)
    paper.set_font(FONT, "B", 11)
    _say(paper, 7, "Sum: " + (", ".join(totals(one.statement)) or "nothing to compensate"))
    paper.set_font(FONT, "", 10)
    paper.ln(14)
    _say(paper, 6, "Date and signature: ______________________________")
