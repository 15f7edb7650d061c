"""The parts of conditions, and what they may not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.domain import condition_parts as parts


@given(st.floats(0, 2e11).map(int))
def test_an_instant_is_written_as_it_is_read(at: int) -> None:
    assert parts.instant(parts.written(float(at))) == at


@pytest.mark.parametrize("value", [None, ""])
def test_no_instant_is_none(value: object) -> None:
    assert (parts.instant(value), parts.written(None)) == (None, None)


@pytest.mark.parametrize(
    "value",
    ["2026-03-04T12:00:00", "tomorrow", 5, [], "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9" * 999],
)
def test_what_is_no_instant_is_said(value: object) -> None:
    with pytest.raises(ValueError, match="is no time with a zone"):
        parts.instant(value)


@pytest.mark.parametrize(
    ("text", "network"),
    [("192.0.2.9/24", "192.0.2.0/24"), ("::ffff:192.0.2.0/120", "192.0.2.0/24"), ("2001:DB8::", "2001:db8::/128")],
)
def test_networks_are_written_alike(text: str, network: str) -> None:
    assert str(parts.network(text)) == network


def test_values_lose_the_blanks_around_them() -> None:
    assert parts.values({"values": [" a ", "b"]}) == ("a", "b")
