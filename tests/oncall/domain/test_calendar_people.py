"""Whom an event means."""

import pytest

from oncall.domain import calendar_people
from oncall.domain.calendar_people import Said

MEMBERS = [("1", "Anna Adler", "anna@example.com"), ("2", "Ben", "ben@example.com"), ("3", "Ben", "b2@example.com")]
KNOWN = calendar_people.directory(MEMBERS, {"The Boss": "2", "Ghost": "99"})


@pytest.mark.parametrize(
    ("said", "people"),
    [
        (Said(summary="Anna Adler"), ("1",)),
        (Said(summary="[L2] anna"), ("1",)),
        (Said(summary="On call: ANNA@example.com"), ("1",)),
        (Said(summary="anna, the  boss"), ("1", "2")),
        (Said(("ben@example.com",), ("anna@example.com",), "anna"), ("2",)),
        (Said((), ("anna@example.com",), "On call"), ("1",)),
        (Said(("mailto:anna@example.com",)), ("1",)),
    ],
    ids=["name", "local part", "after colon", "two", "attendee first", "organizer last", "mailto"],
)
def test_somebody_is_found(said: Said, people: tuple[str, ...]) -> None:
    assert calendar_people.people_of(said, KNOWN) == (people, ())


def test_a_name_of_two_is_nobodys() -> None:
    assert calendar_people.people_of(Said(summary="Ben"), KNOWN) == ((), ("Ben",))


def test_whoever_is_unknown_among_known_attendees_is_told() -> None:
    said = Said(("anna@example.com", "x@example.com"))
    assert calendar_people.people_of(said, KNOWN) == (("1",), ("x@example.com",))


def test_the_table_names_members_only() -> None:
    assert calendar_people.people_of(Said(summary="Ghost"), KNOWN) == ((), ("Ghost",))


def test_an_event_without_any_word_is_told() -> None:
    assert calendar_people.people_of(Said(), KNOWN) == ((), ("(no title)",))
