"""Where a definition names people."""

from typing import Any

from oncall.domain import definition_people

DEFINITION: dict[str, Any] = {
    "layers": [{"participants": [["anna"], ["ben", "anna"]]}],
    "spans": [{"people": ["cleo"]}],
    "temporary": [{"shifts": [{"people": ["dora"]}]}],
}


def test_everybody_is_found_where_they_stand() -> None:
    assert list(definition_people.named(DEFINITION)) == [
        ("layers.0.participants.0.0", "anna"),
        ("layers.0.participants.1.0", "ben"),
        ("layers.0.participants.1.1", "anna"),
        ("spans.0.people.0", "cleo"),
        ("temporary.0.shifts.0.people.0", "dora"),
    ]


def test_a_definition_is_renamed_as_a_copy() -> None:
    changed = definition_people.renamed(DEFINITION, lambda _path, person: person.upper())
    assert changed["layers"][0]["participants"] == [["ANNA"], ["BEN", "ANNA"]]
    assert DEFINITION["layers"][0]["participants"][0] == ["anna"]


def test_what_is_unsound_stays_as_it_is() -> None:
    unsounds: list[Any] = [None, [], {"layers": 5}, {"layers": [5, {"participants": [5]}]}]
    for unsound in unsounds:
        assert definition_people.renamed(unsound, lambda _path, person: "x") == unsound
