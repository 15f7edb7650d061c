"""A table of whole definitions and who holds a role: each line was worked out by hand from the words of the guide."""

from typing import Any

import pytest

from oncall.domain import previews

Json = dict[str, Any]


def layer(
    kind: str, starts_at: str, people: str, hours: str = "", *, every: int = 1, zone: str = "UTC", **more: Any
) -> Json:
    """`people` are groups like `anna+ben cleo -`; `hours` are windows like `mon,tue 09:00-17:00; 22:00-06:00`."""
    groups = [[] if group == "-" else group.split("+") for group in people.split()]
    rotation = {"kind": kind, "interval": every, "starts_at": starts_at, "time_zone": zone}
    return {"rotation": rotation, "participants": groups, "restrictions": windows(hours), **more}


def windows(hours: str) -> list[Json]:
    found = []
    for text in filter(None, hours.split("; ")):
        days, _, clock = text.rpartition(" ")
        begins, ends = clock.split("-")
        found.append({"from": begins, "to": ends} | ({"weekdays": days.split(",")} if days else {}))
    return found


def given(person: str, span: str, replaces: str = "", role: str = "primary") -> Json:
    begins, ends = (f"2026-03-{text}:00Z" for text in span.split("/"))
    return {"role": role, "person": person, "replaces": replaces, "starts_at": begins, "ends_at": ends}


def moved(person: str, taker: str, span: str, **more: Any) -> Json:
    begins, ends = (f"2026-03-{text}:00Z" for text in span.split("/"))
    return {"person": person, "taker": taker, "starts_at": begins, "ends_at": ends, **more}


def shown(layers: list[Json], span: str, role: str, **more: Any) -> str:
    start, end = (f"{text}:00Z" for text in span.split("/"))
    question, problems = previews.read({"layers": layers, "from": start, "to": end, **more})
    assert question is not None, problems
    found = [one for one in previews.answer(question).segments if one.role == role]
    return ", ".join(f"{one.start:%d %H:%M} {'+'.join(one.people) or '-'}" for one in found)


WEEK = "2026-03-02T00:00/2026-03-23T00:00"
DAY = "2026-03-02T00:00/2026-03-03T00:00"
ONE = layer("weekly", "2026-03-02T00:00", "anna")
PAIR = layer("weekly", "2026-03-02T00:00", "anna+ben")
TURNS = layer("weekly", "2026-03-02T00:00", "anna ben cleo")
SECOND = layer("weekly", "2026-03-02T00:00", "anna ben cleo", role="secondary", offset=1)
DAWN = layer("daily", "2026-03-02T00:00", "dora", "06:00-08:00", level=1)

KINDS = [
    ("weekly", [TURNS], WEEK, "02 00:00 anna, 09 00:00 ben, 16 00:00 cleo"),
    ("weekly by two", [TURNS | {"rotation": TURNS["rotation"] | {"interval": 2}}], WEEK, "02 00:00 anna, 16 00:00 ben"),
    ("anchor", [TURNS], "2026-02-23T00:00/2026-03-09T00:00", "23 00:00 cleo, 02 00:00 anna"),
    (
        "hourly by eight",
        [layer("hourly", "2026-03-02T06:00", "a b", every=8)],
        DAY,
        "02 00:00 b, 02 06:00 a, 02 14:00 b, 02 22:00 a",
    ),
    (
        "monthly on the 31st",
        [layer("monthly", "2026-01-31T09:00", "a b c")],
        "2026-02-27T00:00/2026-04-01T00:00",
        "27 00:00 a, 28 09:00 b, 31 09:00 c",
    ),
    (
        "leap day",
        [layer("monthly", "2027-12-31T00:00", "a b c")],
        "2028-02-28T00:00/2028-03-02T00:00",
        "28 00:00 b, 29 00:00 c",
    ),
    (
        "by two months",
        [layer("monthly", "2026-01-15T00:00", "a b", every=2)],
        "2026-03-01T00:00/2026-05-31T00:00",
        "01 00:00 a, 15 00:00 b, 15 00:00 a",
    ),
    (
        "custom",
        [
            ONE
            | {
                "participants": [["a"], ["b"]],
                "rotation": {
                    "kind": "custom",
                    "starts_at": "2026-03-02T09:00",
                    "handoffs": [{"weekday": "fri", "at": "09:00"}, {"weekday": "mon", "at": "09:00"}],
                },
            }
        ],
        WEEK,
        "02 00:00 b, 02 09:00 a, 06 09:00 b, 09 09:00 a, 13 09:00 b, 16 09:00 a, 20 09:00 b",
    ),
]
LAYERS = [
    ("highest level", [ONE, DAWN], DAY, "02 00:00 anna, 02 06:00 dora, 02 08:00 anna"),
    ("equal level is a union", [ONE, DAWN | {"level": 0}], DAY, "02 00:00 anna, 02 06:00 anna+dora, 02 08:00 anna"),
    ("a turn of nobody", [ONE, DAWN | {"participants": [[]]}], DAY, "02 00:00 anna"),
    ("nobody at all", [ONE, DAWN | {"participants": []}], DAY, "02 00:00 anna"),
    ("a group", [PAIR], DAY, "02 00:00 anna+ben"),
    (
        "over midnight",
        [layer("daily", "2026-03-01T00:00", "a", "mon 22:00-06:00")],
        "2026-03-02T00:00/2026-03-04T00:00",
        "02 00:00 -, 02 22:00 a, 03 06:00 -",
    ),
    (
        "twenty-four",
        [layer("daily", "2026-03-01T00:00", "a", "mon 20:00-24:00")],
        "2026-03-02T00:00/2026-03-04T00:00",
        "02 00:00 -, 02 20:00 a, 03 00:00 -",
    ),
    (
        "the same time is a day",
        [layer("daily", "2026-03-01T00:00", "a", "mon 09:00-09:00")],
        "2026-03-02T00:00/2026-03-04T00:00",
        "02 00:00 -, 02 09:00 a, 03 09:00 -",
    ),
    (
        "two windows",
        [layer("daily", "2026-03-01T00:00", "a", "06:00-08:00; 08:00-10:00")],
        DAY,
        "02 00:00 -, 02 06:00 a, 02 10:00 -",
    ),
    (
        "turns count through closed hours",
        [layer("daily", "2026-03-01T00:00", "a b", "mon,wed 09:00-10:00")],
        "2026-03-02T00:00/2026-03-05T00:00",
        "02 00:00 -, 02 09:00 b, 02 10:00 -, 04 09:00 b, 04 10:00 -",
    ),
    (
        "from and until",
        [ONE | {"effective_from": "2026-03-02T06:00", "effective_until": "2026-03-02T08:00"}],
        DAY,
        "02 00:00 -, 02 06:00 anna, 02 08:00 -",
    ),
    (
        "a zone of its own",
        [layer("daily", "2026-03-01T09:00", "a b", zone="Asia/Kathmandu")],
        DAY,
        "02 00:00 a, 02 03:15 b",
    ),
]
CLOCKS = [
    (
        "the night of 23 hours",
        [layer("daily", "2026-03-27T02:30", "a b", zone="Europe/Berlin")],
        "2026-03-28T12:00/2026-03-30T12:00",
        "28 12:00 b, 29 01:00 a, 30 00:30 b",
    ),
    (
        "a window in the gap",
        [layer("daily", "2026-03-27T00:00", "a", "02:00-03:00", zone="Europe/Berlin")],
        "2026-03-28T12:00/2026-03-30T12:00",
        "28 12:00 -, 30 00:00 a, 30 01:00 -",
    ),
    (
        "a window of the hour that comes twice",
        [layer("daily", "2026-10-01T00:00", "a", "02:00-02:30", zone="Europe/Berlin")],
        "2026-10-24T12:00/2026-10-25T12:00",
        "24 12:00 -, 25 00:00 a, 25 01:30 -",
    ),
    (
        "hourly while half an hour comes twice",
        [layer("hourly", "2026-04-05T00:00", "a b", zone="Australia/Lord_Howe")],
        "2026-04-04T14:00/2026-04-04T17:00",
        "04 14:00 b, 04 15:30 a, 04 16:30 b",
    ),
    (
        "a midnight that does not exist",
        [layer("daily", "2026-04-01T00:00", "a b", zone="Africa/Cairo")],
        "2026-04-23T12:00/2026-04-25T00:00",
        "23 12:00 a, 23 22:00 b, 24 21:00 a",
    ),
    (
        "a day that does not exist",
        [layer("daily", "2011-12-28T00:00", "a b c", zone="Pacific/Apia")],
        "2011-12-29T12:00/2012-01-01T00:00",
        "29 12:00 b, 30 10:00 a, 31 10:00 b",
    ),
    (
        "a month of prayer",
        [layer("daily", "2026-02-10T02:30", "a b", zone="Africa/Casablanca")],
        "2026-02-14T12:00/2026-02-16T12:00",
        "14 12:00 a, 15 01:30 b, 16 02:30 a",
    ),
]
CHANGES = [
    (
        "an override",
        [TURNS],
        {"overrides": [given("dora", "02T06:00/02T08:00")]},
        "02 00:00 anna, 02 06:00 dora, 02 08:00 anna",
    ),
    (
        "of one in a crew",
        [PAIR],
        {"overrides": [given("dora", "02T06:00/02T08:00", "ben")]},
        "02 00:00 anna+ben, 02 06:00 anna+dora, 02 08:00 anna+ben",
    ),
    ("of one who is not there", [ONE], {"overrides": [given("dora", "02T06:00/02T08:00", "ben")]}, "02 00:00 anna"),
    (
        "the one that began last",
        [ONE],
        {"overrides": [given("dora", "02T06:00/02T12:00"), given("ben", "02T08:00/02T10:00")]},
        "02 00:00 anna, 02 06:00 dora, 02 08:00 ben, 02 10:00 dora, 02 12:00 anna",
    ),
    (
        "one upon the other",
        [ONE],
        {"overrides": [given("ben", "02T06:00/02T12:00", "anna"), given("cleo", "02T08:00/02T10:00", "ben")]},
        "02 00:00 anna, 02 06:00 ben, 02 08:00 cleo, 02 10:00 ben, 02 12:00 anna",
    ),
    (
        "all of it after one of it",
        [ONE],
        {"overrides": [given("ben", "02T06:00/02T12:00", "dora"), given("dora", "02T08:00/02T10:00")]},
        "02 00:00 anna, 02 08:00 dora, 02 10:00 anna",
    ),
    (
        "a gap filled",
        [DAWN],
        {"overrides": [given("ben", "02T08:00/02T10:00")]},
        "02 00:00 -, 02 06:00 dora, 02 08:00 ben, 02 10:00 -",
    ),
    (
        "part of a shift swapped",
        [TURNS],
        {"swaps": [moved("anna", "dora", "02T06:00/02T08:00")]},
        "02 00:00 anna, 02 06:00 dora, 02 08:00 anna",
    ),
    (
        "a swap comes before an override",
        [ONE],
        {"overrides": [given("ben", "02T06:00/02T10:00")], "swaps": [moved("ben", "cleo", "02T08:00/02T12:00")]},
        "02 00:00 anna, 02 06:00 ben, 02 08:00 cleo, 02 10:00 anna",
    ),
    (
        "primary and secondary exchanged",
        [TURNS, SECOND],
        {"swaps": [moved("anna", "ben", "02T06:00/02T08:00"), moved("ben", "anna", "02T06:00/02T08:00")]},
        "02 00:00 anna, 02 06:00 ben, 02 08:00 anna",
    ),
]
SECONDS = [
    ("one turn ahead", {}, "02 00:00 ben"),
    (
        "the next in line comes in",
        {"overrides": [given("ben", "02T06:00/02T08:00")]},
        "02 00:00 ben, 02 06:00 cleo, 02 08:00 ben",
    ),
    (
        "whoever is primary is not secondary",
        {"overrides": [given("anna", "02T06:00/02T08:00", role="secondary")]},
        "02 00:00 ben",
    ),
    (
        "the taker leaves the later role",
        {"swaps": [moved("anna", "ben", "02T06:00/02T08:00")]},
        "02 00:00 ben, 02 06:00 cleo, 02 08:00 ben",
    ),
]


@pytest.mark.parametrize(
    ("layers", "span", "held"), [pytest.param(*one[1:], id=one[0]) for one in [*KINDS, *LAYERS, *CLOCKS]]
)
def test_layers_say_who_holds_the_primary(layers: list[Json], span: str, held: str) -> None:
    assert shown(layers, span, "primary") == held


@pytest.mark.parametrize(("layers", "changes", "held"), [pytest.param(*one[1:], id=one[0]) for one in CHANGES])
def test_overrides_and_swaps_move_it(layers: list[Json], changes: Json, held: str) -> None:
    assert shown(layers, DAY, "primary", **changes) == held


@pytest.mark.parametrize(("changes", "held"), [pytest.param(*one[1:], id=one[0]) for one in SECONDS])
def test_the_secondary_is_never_the_primary(changes: Json, held: str) -> None:
    assert shown([TURNS, SECOND], DAY, "secondary", **changes) == held
