"""Each kind of condition, held against visitors."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from shortener.domain.conditions import CONDITIONS, Asked
from shortener.domain.visitors import Visitor

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC).timestamp()


def condition(kind: str, **raw: Any) -> Any:
    return CONDITIONS[kind].read({"type": kind, **raw})


def asked(
    *,
    client: tuple[bool, str, str, str] = (False, "phone", "iOS", "Mobile Safari"),
    address: str = "",
    language: str = "",
    country: str = "AT",
    query: str = "",
    now: float = NOON,
) -> Asked:
    visitor = Visitor("agent", address, language, client_of=lambda _: client, country_of=lambda _: country)
    return Asked(visitor, query, now)


@pytest.mark.parametrize(
    ("kind", "values", "client", "holds"),
    [
        ("device", ["Phone"], (False, "phone", "", ""), True),
        ("device", ["tablet", "desktop"], (False, "phone", "", ""), False),
        ("os", ["ios"], (False, "", "iOS", ""), True),
        ("os", ["macOS"], (False, "", "Mac OS X", ""), True),
        ("os", ["Linux"], (False, "", "Ubuntu", ""), True),
        ("os", ["Ubuntu"], (False, "", "Linux", ""), False),
        ("os", ["Android"], (False, "", "iOS", ""), False),
        ("browser", ["Safari"], (False, "", "", "Mobile Safari"), True),
        ("browser", ["Chrome"], (False, "", "", "Chrome Mobile iOS"), True),
        ("browser", ["Chrome Mobile"], (False, "", "", "Chrome"), False),
        ("browser", ["Firefox", "Edge"], (False, "", "", "Edge"), True),
        ("browser", ["Chrome"], (False, "", "", "Chromium"), False),
    ],
)
def test_clients(kind: str, values: list[str], client: tuple[bool, str, str, str], holds: bool) -> None:
    assert condition(kind, values=values).holds(asked(client=client)) is holds


@pytest.mark.parametrize(
    ("values", "header", "holds"),
    [
        (["de"], "de-AT,de;q=0.9,en;q=0.8", True),
        (["en"], "de-AT,de;q=0.9,en;q=0.8", False),
        (["de-AT"], "de", False),
        (["de_at"], "de-AT", True),
        (["de"], "den", False),
        (["de"], "fr;q=0.3, de;q=0.4", True),
        (["de"], "de;q=0", False),
        (["en", "de"], "", False),
    ],
)
def test_languages(values: list[str], header: str, holds: bool) -> None:
    assert condition("language", values=values).holds(asked(language=header)) is holds


@pytest.mark.parametrize(
    ("value", "query", "holds"),
    [
        (None, "utm=", True),
        (None, "a=1&utm", True),
        (None, "utms=1", False),
        (None, "", False),
        ("x y", "utm=x+y", True),
        ("x", "utm=%78", True),
        ("x", "utm=z&utm=x", True),
        ("x", "utm=X", False),
        ("", "utm=", True),
    ],
)
def test_queries(value: str | None, query: str, holds: bool) -> None:
    assert condition("query", name="utm", value=value).holds(asked(query=query)) is holds


@pytest.mark.parametrize(
    ("values", "address", "holds"),
    [
        (["192.0.2.0/24"], "192.0.2.77", True),
        (["192.0.2.0/24"], "192.0.3.1", False),
        (["192.0.2.7/24"], "192.0.2.1", True),
        (["192.0.2.1"], "::ffff:192.0.2.1", True),
        (["::ffff:192.0.2.0/120"], "192.0.2.1", True),
        (["2001:db8::/32"], "2001:db8:1::2", True),
        (["2001:db8::/32", "198.51.100.1"], "198.51.100.1", True),
        (["0.0.0.0/0"], "2001:db8::1", False),
        (["::/0"], "192.0.2.1", False),
        (["192.0.2.0/24"], "nonsense", False),
    ],
)
def test_addresses(values: list[str], address: str, holds: bool) -> None:
    assert condition("address", values=values).holds(asked(address=address)) is holds


@pytest.mark.parametrize(("values", "holds"), [(["at", "DE"], True), (["CH"], False)])
def test_countries(values: list[str], holds: bool) -> None:
    assert condition("country", values=values).holds(asked(country="AT")) is holds


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        ("2026-03-04T12:00:00Z", None, True),
        ("2026-03-04T12:00:01Z", None, False),
        (None, "2026-03-04T12:00:00Z", False),
        (None, "2026-03-04T13:00:01+01:00", True),
        ("2026-03-04T11:00:00Z", "2026-03-04T13:00:00Z", True),
    ],
)
def test_spans_of_dates_are_half_open(begins: str | None, ends: str | None, holds: bool) -> None:
    assert condition("dates", **{"from": begins, "until": ends}).holds(asked(now=NOON)) is holds


@pytest.mark.parametrize(
    ("kind", "raw", "sentence"),
    [
        ("device", {"values": ["watch"]}, "'watch' is no device; use phone, tablet, desktop, bot, other"),
        ("os", {"values": []}, "give a list of values"),
        ("os", {"values": "iOS"}, "give a list of values"),
        ("os", {"values": ["a"] * 51}, "use at most 50 values"),
        ("browser", {"values": [" "]}, "a value must be a text that is not empty"),
        ("browser", {"values": ["\0"]}, "a value may have at most 200 characters, all of them printable"),
        ("country", {"values": ["Austria"]}, "'AUSTRIA' is no country; use two letters such as AT"),
        ("address", {"values": ["192.0.2.0/33"]}, "'192.0.2.0/33' is no address and no network such as 192.0.2.0/24"),
        ("query", {"name": ""}, "a name must be a text that is not empty"),
        ("query", {"name": "a", "value": 1}, "the value must be a text of at most 200 printable characters, or null"),
        ("dates", {}, "give a beginning, an end, or both"),
        ("dates", {"from": "2026-03-04"}, "'2026-03-04' is no time with a zone such as 2026-03-04T12:00:00Z"),
        (
            "dates",
            {"from": "2026-03-05T00:00:00Z", "until": "2026-03-04T00:00:00Z"},
            "the beginning must lie before the end",
        ),
    ],
)
def test_what_makes_no_condition_is_said(kind: str, raw: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        condition(kind, **raw)


@pytest.mark.parametrize(
    ("kind", "raw", "wanted", "saw"),
    [
        ("device", {"values": ["phone", "tablet"]}, "phone or tablet", "phone"),
        ("os", {"values": ["iOS"]}, "iOS", "iOS"),
        ("browser", {"values": ["Edge"]}, "Edge", "Mobile Safari"),
        ("language", {"values": ["de"]}, "de", "none"),
        ("query", {"name": "a", "value": None}, "a is present", "no a"),
        ("query", {"name": "b", "value": "1"}, "b = 1", "b = 2"),
        ("address", {"values": ["192.0.2.1"]}, "192.0.2.1/32", "no address"),
        ("country", {"values": ["CH"]}, "CH", "AT"),
        ("dates", {"until": "2026-03-05T00:00:00Z"}, "until 2026-03-05T00:00:00Z", "2026-03-04T12:00:00Z"),
    ],
)
def test_a_condition_says_what_it_wanted_and_saw(kind: str, raw: dict[str, Any], wanted: str, saw: str) -> None:
    one = condition(kind, **raw)
    assert (one.wanted(), one.saw(asked(query="b=2"))) == (wanted, saw)
