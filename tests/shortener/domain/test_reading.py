"""Reading at speed gives the same as reading record by record, and knows when it may not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.domain import reading
from shortener.domain.reading import Reader, Scope, Texts
from shortener.domain.segments import METHODS, ClickRecord, encode
from shortener.domain.tallies import DAY_US, HOUR_US, Arrival, Tally, microseconds
from shortener.domain.visits import Switches, Visit

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
NOON_US = microseconds(NOON)
TODAY = NOON_US - NOON_US % DAY_US
ARRIVAL = Arrival.at(NOON)
CLICK = ClickRecord(NOON_US, 7, 302, True, host="h", slug="s", referrer="r", user_agent="u", address="a", language="l")
RECORDS = st.builds(
    ClickRecord,
    at_us=st.sampled_from([NOON_US, NOON_US - HOUR_US, NOON_US - DAY_US, 1, 2**62]),
    link_id=st.sampled_from([0, 7, 8, 9]),
    status=st.sampled_from([301, 302, 404]),
    good=st.booleans(),
    method=st.sampled_from(METHODS),
    slug=st.sampled_from(["", "s"]),
    referrer=st.sampled_from(["", "a", "ab"]),
    user_agent=st.sampled_from(["", "b", "ub"]),
    rule=st.sampled_from([0, 3]),
    variant=st.sampled_from([0, 1]),
    opted_out=st.booleans(),
)


def visit_of(texts: Texts, secret: bytes) -> Visit:
    """A visit that shows what it was made of; agents that begin with `bot` are bots."""
    referrer, agent, address, language = texts
    return Visit(agent.startswith("bot"), secret + agent.encode(), address, "AT", agent, "os", "b", language, referrer)


def reader(*, day: int = TODAY, **switches: bool) -> Reader:
    """A reader that knows one day, and links 7 and 8 of one domain."""
    made = Reader(visit_of)
    made.begin()
    made.secrets[day] = b"key"
    made.scopes = {link: Scope(1, 2, Switches(**switches)) for link in (7, 8)}
    return made


def facts(tally: Tally) -> Any:
    """Everything that a tally says, in no order."""
    clicks = [
        (link, at, profile_of(tally, number))
        for day in tally.days.values()
        for link, at, number in zip(day.links, day.times, day.profiles, strict=True)
    ]
    return sorted(clicks, key=repr), tally.others, +tally.bad, tally.orphans, tally.last_at_us


def profile_of(tally: Tally, number: int) -> tuple[Any, ...]:
    """The values of a profile; of its rule only whether it has one."""
    return tuple(tally.profiles.values[ids[number]] if ids[number] >= 0 else None for ids in tally.profiles.of.values())


@given(st.lists(RECORDS, max_size=12))
def test_a_run_says_the_same_as_its_records_one_by_one(records: list[ClickRecord]) -> None:
    together, apart = reader(), reader()
    rows = together.read(b"".join(map(encode, records)), ARRIVAL)
    single = [apart.read(encode(record), ARRIVAL) for record in records]
    assert sorted(rows) == sorted(b"".join(single))
    assert facts(together.tally) == facts(apart.tally)
    assert together.strays == apart.strays


@given(st.lists(RECORDS, max_size=12))
def test_what_is_known_already_changes_nothing(records: list[ClickRecord]) -> None:
    body = b"".join(map(encode, records))
    known = reader()
    known.read(body, ARRIVAL)
    former = facts(known.tally)
    known.begin()
    known.secrets[TODAY] = b"key"
    known.read(body, ARRIVAL)
    assert facts(known.tally) == former


@given(st.lists(RECORDS, max_size=12))
def test_every_record_is_tallied_or_put_aside(records: list[ClickRecord]) -> None:
    made = reader()
    made.read(b"".join(map(encode, records)), ARRIVAL)
    assert made.tally.records + len(made.strays) == len(records)


def test_texts_that_are_cut_elsewhere_are_another_visitor() -> None:
    made = reader()
    made.read(encode(replace(CLICK, referrer="ab", user_agent="c")) + encode(replace(CLICK, referrer="a")), ARRIVAL)
    assert len(set(made.tally.days[TODAY].profiles)) == 2


def test_a_record_of_an_unknown_link_or_day_waits() -> None:
    made = reader()
    rows = made.read(encode(replace(CLICK, link_id=9)) + encode(replace(CLICK, at_us=NOON_US - DAY_US)), ARRIVAL)
    assert rows == b""
    assert [(stray.link, stray.day) for stray in made.strays] == [(9, TODAY), (7, TODAY - DAY_US)]


def test_a_stray_is_read_like_any_other_once_its_link_is_known() -> None:
    made = reader()
    made.read(encode(replace(CLICK, link_id=9)), ARRIVAL)
    made.scopes[9] = Scope(1, 2, Switches())
    made.show(made.scopes[9])
    assert made.read(made.strays[0].data, ARRIVAL)
    assert made.tally.clicks == 1


def test_each_day_has_marks_of_its_own() -> None:
    made = reader()
    made.secrets[TODAY + DAY_US] = b"other"
    record = encode(CLICK) + encode(replace(CLICK, at_us=NOON_US + DAY_US))
    rows = made.read(record, ARRIVAL._replace(newest=NOON_US + 2 * DAY_US))
    assert b"keyu" in rows
    assert b"otheru" in rows


def test_a_torn_end_is_measured() -> None:
    made = reader()
    made.read(encode(CLICK) + encode(CLICK)[:-1], ARRIVAL)
    assert (made.tally.clicks, made.tally.torn) == (1, len(encode(CLICK)) - 1)


@pytest.mark.parametrize("respects", [True, False])
def test_who_opted_out_is_only_counted_where_the_domain_respects_it(respects: bool) -> None:
    made = reader(respects_opt_out=respects)
    rows = made.read(encode(replace(CLICK, opted_out=True)) * 2 + encode(CLICK), ARRIVAL)
    assert rows.count(b"keyu") == (1 if respects else 3)
    assert made.tally.clicks == 3


def test_what_is_switched_off_never_leaves_the_reader() -> None:
    made = reader(referrer=False, visitor=False, network=False, device=False)
    rows = made.read(encode(replace(CLICK, referrer="secret.example", address="198.51.100.7")), ARRIVAL)
    assert not any(text in rows for text in (b"secret", b"198.51", b"keyu"))


def test_a_rule_and_its_variant_are_named() -> None:
    made = reader()
    made.read(encode(replace(CLICK, rule=3, variant=2)) + encode(replace(CLICK, rule=4)), ARRIVAL)
    rules = [made.tally.profiles.values[made.tally.profiles.of["rule"][n]] for n in made.tally.days[TODAY].profiles]
    assert [value for _, value, _ in rules] == ["3.2", "4"]


def test_an_answer_that_was_not_good_is_a_click_all_the_same() -> None:
    made = reader()
    made.read(encode(replace(CLICK, good=False)) * 2, ARRIVAL)
    assert made.tally.outcomes() == {NOON_US: (0, 2)}


def test_visitors_are_forgotten_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FACES", 1)
    made = reader()
    made.read(encode(CLICK) + encode(replace(CLICK, user_agent="v")), ARRIVAL)
    former = made.tally.profiles
    assert made.begin().profiles is not former


def test_a_time_that_cannot_be_gives_way_to_the_arrival() -> None:
    made = reader()
    made.read(encode(replace(CLICK, at_us=microseconds(NOON + timedelta(days=5)))), ARRIVAL)
    assert made.tally.days[TODAY].times == [NOON_US]
