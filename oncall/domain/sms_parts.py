"""How much fits into two parts of an SMS: more cost more and arrive later.

Source: 3GPP TS 23.038. One sign outside the alphabet of seven bits makes all parts hold 67 signs instead of 153.
"""

from collections.abc import Callable

BASIC = frozenset(
    "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5"
    "\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9"
    " !\"#\u00a4%&'()*+,-./0123456789:;<=>?\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "\u00c4\u00d6\u00d1\u00dc\u00a7\u00bfabcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0"
)
ESCAPED = frozenset("^{}\\[~]|\u20ac\f")
"""Those take two places."""

TYPOGRAPHIC = "\u2013\u2014\u2018\u2019\u201c\u201d\u00a0"
PLAIN = str.maketrans(dict(zip(TYPOGRAPHIC, "--''\"\" ", strict=True)) | {"\u2026": "..."})
SEVEN_BITS, SIXTEEN_BITS = 2 * 153, 2 * 67


def plain(text: str) -> str:
    """The text with typographic signs as those that every telephone has."""
    return text.translate(PLAIN)


def fitting(text: str, answer: str) -> str:
    """`text`, cut so that it fits into two parts together with `answer`, which is never cut."""
    text, answer = plain(text), plain(answer)
    if set(text + answer) <= BASIC | ESCAPED:
        return _cut(text, SEVEN_BITS - _places(answer), _places) + answer
    return _cut(text, SIXTEEN_BITS - _units(answer), _units) + answer


def _cut(text: str, room: int, measure: Callable[[str], int]) -> str:
    if measure(text) <= room:
        return text
    while text and measure(text) + 3 > room:
        text = text[:-1]
    return text + "..."


def _places(text: str) -> int:
    return sum(2 if sign in ESCAPED else 1 for sign in text)


def _units(text: str) -> int:
    """Signs outside the first plane, such as emoji, are two units."""
    return len(text.encode("utf-16-be", "surrogatepass")) // 2
