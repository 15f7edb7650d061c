"""Load and statements of compensation as files: tables for spreadsheets, and a paper to sign."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.http import HttpResponse

from oncall.domain import duty_hours
from oncall.domain.duty_load import Load
from oncall.domain.statements import Line, Statement, shown
from oncall.selectors.compensation import PersonStatement
from oncall.selectors.duty_reports import TeamReport
from portal.lib import cells, papers
from portal.lib.papers import FONT, Paper

FACTS = ("month", "team", "person", "mail", "rule", "line", "quantity", "unit")
ROLES = ("primary", "secondary", "shadow")
HOURS = (
    "hours",
    *(f"{role}_hours" for role in ROLES),
    "night_hours",
    "weekend_hours",
    "holiday_hours",
    "longest_hours",
)
COUNTS = ("shifts", "pages", "night_pages", "interrupts", "night_interrupts", "short_rests")
LOAD_COLUMNS = ("month", "team", "rotation", "person", "mail", *HOURS, *COUNTS)
HOUR = timedelta(hours=1)
COLUMNS = (*FACTS, "money", "currency", "weighted_hours", "days_off", "explanation")


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


def load_csv_response(month: date, report: TeamReport) -> HttpResponse:
    """One row for each person over all rotations that the report looks at, then one for each person in each of them."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="on-call-load-{month:%Y-%m}.csv"'
    writer = csv.writer(response)
    writer.writerow(LOAD_COLUMNS)
    parts = [("", report.people), *((one.schedule.name, one.people) for one in report.rotations)]
    for rotation, people in parts:
        for one in people:
            facts = [f"{month:%Y-%m}", report.team.name, rotation, str(one.user), one.user.email]
            writer.writerow([cells.safe_cell(cell) for cell in [*facts, *_load_row(one.load)]])
    return response


def pdf_response(month: date, found: Sequence[PersonStatement]) -> HttpResponse:
    """One page or more for each person; below stands what of their names no font at hand has."""
    paper = Paper(f"On-call compensation {month:%B %Y}", [text for one in found for text in _texts(one)])
    for one in found:
        _statement(paper, month, one)
    if not found:
        paper.add_page()
        paper.say(6, f"Nobody was on duty in {month:%B %Y}.")
    response = HttpResponse(bytes(paper.output()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="on-call-{month:%Y-%m}.pdf"'
    return response


def unprintable(found: Sequence[PersonStatement]) -> list[str]:
    """What no font at hand can print, each once: the paper gives the numbers of its letters instead."""
    texts = dict.fromkeys(text for one in found for text in _texts(one))
    return [text for text in texts if not papers.is_printable(text)]


def totals(statement: Statement) -> list[str]:
    """The sums of a statement in words, those that are zero left out."""
    found = [f"{value} {currency}" for currency, value in sorted(statement.money.items())]
    found += [f"{statement.hours} weighted hours"] if statement.hours else []
    return found + ([f"{statement.days} days off"] if statement.days else [])


def _load_row(load: Load) -> list[object]:
    roles = load.by_role or {}
    lengths = [load.hours, *(roles.get(role, timedelta()) for role in ROLES), load.night, load.weekend, load.holiday]
    counts = [load.shifts, load.pages, load.night_pages, load.interrupts, load.night_interrupts, load.short_rests]
    return [shown(duty_hours.ratio(one, HOUR)) for one in [*lengths, load.longest]] + [*counts]


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


def _texts(one: PersonStatement) -> list[str]:
    """What of a statement people have written."""
    return [str(one.user), one.team.name, *(line.rule for line in one.statement.lines)]


def _statement(paper: Paper, month: date, one: PersonStatement) -> None:
    paper.add_page()
    paper.set_font(FONT, "B", 16)
    paper.say(9, f"On-call in {month:%B %Y}")
    paper.set_font(FONT, "", 11)
    paper.say(6, f"{one.user} ({one.user.email}), {one.team.name}")
    paper.say(6, f"Month on the clock of {one.team.time_zone}")
    paper.ln(4)
    for line in one.statement.lines:
        paper.set_font(FONT, "B", 10)
        paper.say(6, f"{line.rule}: {line.term}")
        paper.set_font(FONT, "", 10)
        paper.say(6, line.explanation)
        paper.ln(2)
    paper.set_font(FONT, "B", 11)
    paper.say(7, "Sum: " + (", ".join(totals(one.statement)) or "nothing to compensate"))
    paper.set_font(FONT, "", 10)
    paper.ln(14)
    paper.say(6, "Date and signature: ______________________________")
    if unprintable([one]):
        paper.ln(6)
        paper.say(5, "[U+...] stands for letters that no font of this portal has, by their numbers in Unicode.")
