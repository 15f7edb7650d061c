"""What a person reads of HTML: its text, with lines where blocks end, without scripts and styles.

One pass over the text, whatever is in it: the parser of the standard library takes minutes for hostile input.
"""

import re
from html import unescape

UNSEEN = frozenset({"head", "script", "style", "template", "title"})
CELLS = frozenset({"td", "th"})
BLOCK_LIST = """
address article blockquote br div dd dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul
"""
BLOCKS = CELLS | frozenset(BLOCK_LIST.split())
TAG = re.compile(r"(/?)([a-z][a-z0-9]{0,20}|!)", re.IGNORECASE)
COMMENT, COMMENT_END = "!--", "-->"


def text_of(html: str) -> str:
    """The text of HTML, however broken it is; blank lines are left out."""
    first, *pieces = html.split("<")
    parts, skipped = [_plain(first)], ""
    for piece in pieces:
        if skipped:
            skipped, rest = _after(skipped, piece)
            parts.append(rest)
            continue
        inside, end, text = piece.partition(">")
        tag = TAG.match(inside)
        if tag is None or not end:
            skipped = COMMENT if piece.startswith(COMMENT) else ""
            parts.append("" if skipped else _plain(f"<{piece}"))
            continue
        name = tag[2].lower()
        skipped = _skipped(name, inside, is_end=bool(tag[1]))
        parts.append(_gap(name) + ("" if skipped else _plain(text)))
    lines = (" ".join(line.split()) for line in unescape("".join(parts)).splitlines())
    return "\n".join(line for line in lines if line)


def _skipped(name: str, inside: str, *, is_end: bool) -> str:
    """What is not seen from this tag on; empty where the text goes on."""
    if inside.startswith(COMMENT):
        return "" if inside.endswith("--") else COMMENT
    return name if name in UNSEEN and not is_end else ""


def _after(skipped: str, piece: str) -> tuple[str, str]:
    """What is still skipped behind this piece, and the text that is seen again."""
    if skipped == COMMENT:
        _, end, text = piece.partition(COMMENT_END)
    else:
        inside, end, text = piece.partition(">")
        end = end if inside.strip().lower() == f"/{skipped}" else ""
    return ("", _plain(text)) if end else (skipped, "")


def _gap(name: str) -> str:
    return " " if name in CELLS else "\n" if name in BLOCKS else ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
