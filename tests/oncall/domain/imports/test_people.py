"""Who the people of an export are here."""

from oncall.domain.imports import people
from oncall.domain.imports.found import Export, FoundPolicy, FoundSchedule, Person
from oncall.domain.imports.people import Member

ANNA, BEN = Member("1", "Anna Adler", "anna@example.com"), Member("2", "Ben", "ben@example.com")
LAYER = {"name": "Weeks", "participants": [["a"], ["b", "x"], ["x"], []]}
SPAN = {"name": "Release", "people": ["x"]}
SCHEDULE = FoundSchedule("s", "Web", {"layers": [LAYER], "spans": [SPAN]}, ({"person": "a", "replaces": "x"},))
PERSONS = (Person("a", "A", "ANNA@example.com"), Person("b", "ben"), Person("x", "Xaver", "x@example.com"))
EXPORT = Export((SCHEDULE,), PERSONS)


def test_mail_then_name_then_nobody() -> None:
    found = people.match(EXPORT, [ANNA, BEN], {})
    assert [(one.member, one.how) for one in found] == [(ANNA, "mail"), (BEN, "name"), (None, "")]


def test_a_choice_goes_before_both_and_may_be_nobody() -> None:
    found = people.match(EXPORT, [ANNA, BEN], {"a": "2", "b": ""})
    assert [one.member for one in found] == [BEN, None, None]


def test_a_name_of_two_members_is_no_match() -> None:
    twin = Member("3", "Ben", "ben2@example.com")
    assert people.match(EXPORT, [BEN, twin], {})[1].member is None


def test_policies_name_people_too() -> None:
    step = {"kind": "notify", "targets": [{"kind": "person", "person": "p"}, {"kind": "team"}]}
    assert people.named(Export(policies=(FoundPolicy("e", "E", (step,)),))) == ["p"]


def test_turns_of_nobody_keep_their_place_and_are_told() -> None:
    definition, overrides, notes = people.translated(SCHEDULE, {"a": "1", "b": "2"})
    assert definition["layers"][0]["participants"] == [["1"], ["2"], [], []]
    assert (definition["spans"], overrides, len(notes)) == ([], [], 3)
    assert "1 of 4 turns" in notes[0]


def test_overrides_get_our_people() -> None:
    assert people.translated(SCHEDULE, {"a": "1", "x": "9"})[1] == [{"person": "1", "replaces": "9"}]
