"""Grafana OnCall's schedules."""

from oncall.domain.imports import grafana_oncall
from tests.oncall.domain.imports.exports import export


def test_a_shift_that_is_not_in_the_export_is_told() -> None:
    documents = export("grafana_oncall")
    documents[1]["results"].pop()
    assert "OSIN7" in grafana_oncall.read(documents).schedules[0].notes[0]


def test_a_shift_of_no_schedule_is_told() -> None:
    documents = export("grafana_oncall")
    documents[0]["results"][0]["shifts"].pop()
    assert "Release" in grafana_oncall.read(documents).notes[0]


def test_final_shifts_of_two_schedules_are_told_and_not_compared() -> None:
    documents = export("grafana_oncall")
    documents[0]["results"].append({"id": "S2", "name": "Two", "type": "web", "shifts": []})
    found = grafana_oncall.read(documents)
    assert ("Final shifts" in found.notes[0], found.schedules[0].expected) == (True, ())


def test_a_schedule_of_calendars_keeps_their_addresses() -> None:
    one = {"id": "S3", "name": "Cal", "type": "ical", "ical_url_primary": "https://example.com/a.ics"}
    calendar = grafana_oncall.read([one]).schedules[0].calendars[0]
    assert (calendar.url, calendar.level) == ("https://example.com/a.ics", 0)


def test_people_are_known_by_mail() -> None:
    assert grafana_oncall.read(export("grafana_oncall")).people[0].email == "anna@example.com"
