"""PDF papers that can say names in any script for which a font is at hand, and say so where none is.

Inter first, then a subset of DejaVu Sans that comes along (European alphabets, Hebrew, Arabic), then the fonts of
PORTAL_PDF_FONTS and the usual ones of the system for Chinese, Japanese, Korean and others.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

from portal.lib import paper_text

VENDOR = Path(settings.BASE_DIR) / "static" / "vendor"
FONT = "Inter"
REGULAR, BOLD = VENDOR / "inter" / "inter-latin-400.ttf", VENDOR / "inter" / "inter-latin-600.ttf"
ALPHABETS = VENDOR / "dejavu" / "dejavu-sans.ttf"
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
USUAL = (
    "NotoSansCJK-Regular.ttc",
    "DroidSansFallbackFull.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "ipaexg.ttf",
    "ipag.ttf",
    "NanumGothic.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansTamil-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansEthiopic-Regular.ttf",
)
MARGIN = 18
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells each step of cutting a font to size


@dataclass(frozen=True, slots=True)
class Face:
    """A font file and the letters that it has."""

    path: Path
    letters: frozenset[int]


class Paper(FPDF):
    """An A4 paper; `say` writes a paragraph."""

    def __init__(self, title: str, wanted: Iterable[str]) -> None:
        """`wanted` are the texts that it will say: only the fonts that they need are brought in."""
        super().__init__(format="A4")
        self.set_title(title)
        self.add_font(FONT, "", REGULAR)
        self.add_font(FONT, "B", BOLD)
        needed = {ord(letter) for text in wanted for letter in paper_text.visual(text)} - faces()[0].letters
        chosen = []
        for face in faces()[1:]:
            if needed & face.letters:
                needed -= face.letters
                chosen.append(face.path.stem)
                self.add_font(face.path.stem, "", face.path)
        self.set_fallback_fonts(chosen, exact_match=False)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_font(FONT, "", 10)

    def say(self, height: int, text: str) -> None:
        """A paragraph; the next one begins below it."""
        told = paper_text.escaped(paper_text.visual(text), known())
        self.multi_cell(0, height, told, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def is_printable(text: str) -> bool:
    """Whether a paper can say the text as it is."""
    return paper_text.escaped(text, known()) == text


@cache
def known() -> frozenset[int]:
    """The letters that some font has."""
    return frozenset().union(*(face.letters for face in faces()))


@cache
def faces() -> tuple[Face, ...]:
    """The fonts at hand, the first that has a letter prints it; files that cannot be read are left out."""
    return tuple(face for path in (REGULAR, ALPHABETS, *_elsewhere()) if (face := _face(path)))


def _elsewhere() -> list[Path]:
    given = [Path(one) for one in settings.PORTAL_PDF_FONTS]
    found = {path.name: path for folder in FOLDERS for path in Path(folder).rglob("*") if path.name in USUAL}
    return given + [found[name] for name in USUAL if name in found]


def _face(path: Path) -> Face | None:
    probe = FPDF()
    try:
        probe.add_font("probe", "", path)
    except Exception:  # the parsers raise whatever a broken file makes them raise
        return None
    font = probe.fonts["probe"]
    return Face(path, frozenset(font.cmap)) if isinstance(font, TTFFont) else None
