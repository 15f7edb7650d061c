"""What people answer to a page where there is no room for buttons: a reply, or a key on the telephone."""

import re
from dataclasses import dataclass
from typing import Literal

Word = Literal["acknowledge", "resolve"]
WORDS: dict[str, Word] = {
    "": "acknowledge",
    "1": "acknowledge",
    "a": "acknowledge",
    "ack": "acknowledge",
    "acknowledge": "acknowledge",
    "ok": "acknowledge",
    "yes": "acknowledge",
    "2": "resolve",
    "r": "resolve",
    "resolve": "resolve",
    "resolved": "resolve",
    "done": "resolve",
}
KEYS: dict[str, Word] = {"1": "acknowledge", "2": "resolve"}
FIRST, COUNT, STRIDE = 1000, 9000, 7919
"""Any 9000 pages in a row have different codes, since the stride is prime to the count."""
CODE = re.compile(r"[1-9]\d{3}")
MOST = 160


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply asks for, of the page with `code`, or of the only one where that is empty."""

    word: Word
    code: str


def code_of(number: int) -> str:
    """The four digits that name a page in a reply, from the page's number."""
    return str(FIRST + number * STRIDE % COUNT)


def read(text: str) -> Reading | None:
    """`ack 4217`, `4217`, `4217 resolve`, `1` or `done`; None when it is none of these."""
    words = text[:MOST].casefold().replace(".", " ").replace("!", " ").split()
    codes = [word for word in words if CODE.fullmatch(word)]
    rest = [word for word in words if not CODE.fullmatch(word)]
    if not words or len(codes) > 1 or len(rest) > 1:
        return None
    word = WORDS.get(rest[0] if rest else "")
    return Reading(word, codes[0] if codes else "") if word else None
