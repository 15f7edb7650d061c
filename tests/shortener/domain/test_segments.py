"""Click records survive the way to bytes and back, and a torn one is never taken for whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.domain.segments import HEADER_BYTES, LIMITS, METHODS, ClickRecord, decode, encode, valid_end

SHORT = st.text(max_size=12)
RECORDS = st.builds(
    ClickRecord,
    at_us=st.integers(0, 2**62),
    link_id=st.integers(0, 2**62),
    status=st.integers(100, 599),
    good=st.booleans(),
    method=st.sampled_from(METHODS),
    host=SHORT,
    slug=SHORT,
    referrer=SHORT,
    user_agent=SHORT,
    address=SHORT,
    language=SHORT,
    rule=st.integers(1, 2**16 - 1),
    variant=st.integers(0, 255),
    opted_out=st.booleans(),
)
CLICK = ClickRecord(1, 7, 302, True, slug="abc")


@given(st.lists(RECORDS))
def test_a_run_is_decoded_to_what_was_encoded(records: list[ClickRecord]) -> None:
    assert list(decode(b"".join(map(encode, records)))) == records


@given(RECORDS, RECORDS, st.data())
def test_a_torn_last_record_is_left_out(first: ClickRecord, last: ClickRecord, data: st.DataObject) -> None:
    torn = encode(last)[: data.draw(st.integers(0, len(encode(last)) - 1))]
    assert list(decode(encode(first) + torn)) == [first]


@given(RECORDS, st.data())
def test_a_flipped_bit_is_noticed(record: ClickRecord, data: st.DataObject) -> None:
    whole = bytearray(encode(record))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert list(decode(bytes(whole))) == []


def test_zeros_behind_the_last_record_end_a_segment() -> None:
    segment = bytes(HEADER_BYTES) + encode(CLICK) * 3 + bytes(500)
    assert valid_end(segment) == HEADER_BYTES + 3 * len(encode(CLICK))


def test_an_empty_segment_ends_where_it_begins() -> None:
    assert valid_end(bytes(HEADER_BYTES + 500)) == HEADER_BYTES


def test_long_strings_are_cut() -> None:
    [record] = decode(encode(ClickRecord(1, 7, 302, True, referrer="r" * 9999, user_agent="u" * 9999)))
    assert (len(record.referrer), len(record.user_agent)) == (LIMITS["referrer"], LIMITS["user_agent"])


@pytest.mark.parametrize(
    ("link_id", "method", "status", "is_click"),
    [
        (7, "GET", 302, True),
        (7, "GET", 308, True),
        (7, "HEAD", 302, False),
        (7, "PREFETCH", 302, False),
        (7, "GET", 303, False),
        (7, "GET", 410, False),
        (0, "GET", 302, False),
    ],
)
def test_what_counts_as_a_click(link_id: int, method: str, status: int, is_click: bool) -> None:
    assert ClickRecord(1, link_id, status, True, method=method).is_click is is_click


def test_a_record_without_a_rule_is_as_short_as_before_rules_were_known() -> None:
    with_rule = ClickRecord(1, 7, 302, True, slug="abc", rule=2, variant=1)
    assert len(encode(with_rule)) - len(encode(CLICK)) == 3
