"""Words as a paper without a shaping engine must be given them: letters that its fonts have, in the order of sight."""

import unicodedata
from collections.abc import Container

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

PRESENTATION = range(0xFE80, 0xFEFD)
RIGHT_TO_LEFT = ("R", "AL")
ISOLATED, FINAL, INITIAL, MEDIAL = "<isolated>", "<final>", "<initial>", "<medial>"


def _forms() -> dict[str, dict[str, str]]:
    """The shapes of each Arabic letter by its place in a word. Source: the decompositions of Unicode's database."""
    found: dict[str, dict[str, str]] = {}
    for number in PRESENTATION:
        place, *letters = unicodedata.decomposition(chr(number)).split()
        if len(letters) == 1:
            found.setdefault(chr(int(letters[0], 16)), {})[place] = chr(number)
    return found


FORMS = _forms()


def visual(text: str) -> str:
    """The line as it is seen from left to right: Arabic letters joined, what runs to the left turned round."""
    if not any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in text):
        return text
    return BidiParagraph(joined(text), base_direction=TextDirection.LTR).get_reordered_string()


def joined(text: str) -> str:
    """Arabic letters in the shape that their neighbours ask for; marks between two letters part nobody."""
    bones = [place for place, letter in enumerate(text) if unicodedata.category(letter) != "Mn"]
    shaped = list(text)
    for index, place in enumerate(bones):
        forms = FORMS.get(text[place], {})
        before = FORMS.get(text[bones[index - 1]], {}) if index else {}
        after = FORMS.get(text[bones[index + 1]], {}) if index + 1 < len(bones) else {}
        is_held = INITIAL in before and FINAL in forms
        holds = INITIAL in forms and FINAL in after
        wanted = (MEDIAL if holds else FINAL) if is_held else (INITIAL if holds else ISOLATED)
        shaped[place] = forms.get(wanted, text[place])
    return "".join(shaped)


def escaped(text: str, known: Container[int]) -> str:
    """The text with what no font has as numbers of Unicode, such as `[U+7530 U+4E2D]`; what is unseen is left out."""
    parts: list[str] = []
    lost: list[str] = []
    for letter in [*text, ""]:
        if letter and letter.isprintable() and ord(letter) not in known:
            lost.append(f"U+{ord(letter):04X}")
            continue
        if lost:
            parts.append(f"[{' '.join(lost)}]")
            lost = []
        parts.append(letter if letter.isprintable() else "")
    return "".join(parts)
