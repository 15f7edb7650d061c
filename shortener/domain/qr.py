"""QR codes: what may be asked of one, and its drawing as SVG from the modules. Which modules, a library says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FORMATS = ("svg", "png")
LEVELS = {"L": "7 %", "M": "15 %", "Q": "25 %", "H": "30 %"}
"""Error levels, and how much of a code may be lost."""

SMALLEST, LARGEST = 64, 2048
WIDEST_MARGIN = 20
LEAST_CONTRAST = 4.0
LOGO_SHARE = 0.22
"""The logo's side as a share of the code's: with level H, scanners make up for what it covers."""

FIELDS = ("format", "size", "margin", "level", "dark", "light", "logo")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True, slots=True)
class QrOptions:
    """`size` is the picture's side in pixels, `margin` the quiet zone in modules (at least 4 by the standard)."""

    format: str = "svg"
    size: int = 512
    margin: int = 4
    level: str = "M"
    dark: str = "#000000"
    light: str = "#ffffff"
    logo: bool = True


def parse(given: Mapping[str, str]) -> tuple[QrOptions, dict[str, list[str]]]:
    """The options that a query asks for, and the errors of all of its fields."""
    errors: dict[str, list[str]] = {}
    usual = QrOptions()
    found = QrOptions(
        format=_one_of(given, "format", FORMATS, usual.format, errors),
        size=_number(given, "size", SMALLEST, LARGEST, usual.size, errors),
        margin=_number(given, "margin", 0, WIDEST_MARGIN, usual.margin, errors),
        level=_one_of(given, "level", tuple(LEVELS), usual.level, errors),
        dark=_colour(given, "dark", usual.dark, errors),
        light=_colour(given, "light", usual.light, errors),
        logo=_flag(given, "logo", errors),
    )
    if not {"dark", "light"} & set(errors) and contrast(found.dark, found.light) < LEAST_CONTRAST:
        errors["dark"] = ["Scanners need a dark colour on a much lighter one."]
    return found, errors


def contrast(dark: str, light: str) -> float:
    """How many times more light `light` reflects than `dark` (WCAG 2 contrast); below 1 when they are swapped."""
    return (_luminance(light) + 0.05) / (_luminance(dark) + 0.05)


def least_size(modules: int, margin: int) -> int:
    """The side in pixels at which each module is one pixel."""
    return modules + 2 * margin


def draw(matrix: Sequence[Sequence[int]], options: QrOptions, *, logo: str = "", title: str = "") -> str:
    """The code as SVG. Modules are whole pixels, so that no edge is blurred; what is left over goes to the margin.

    `logo` is a data URI that is put on a clean square in the middle. Both texts must not contain quotes or markup.
    """
    scale = options.size // least_size(len(matrix), options.margin)
    start = (options.size - scale * len(matrix)) // 2
    size = options.size
    name = f"<title>{title}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges">{name}<path fill="{options.light}" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path fill="{options.dark}" d="{_path(matrix, scale, start)}"/>'
        f"{_logo(logo, size, scale * len(matrix), scale, options.light) if logo else ''}</svg>"
    )


def _path(matrix: Sequence[Sequence[int]], scale: int, start: int) -> str:
    """Every run of dark modules of a row as one rectangle."""
    parts = []
    for row, modules in enumerate(matrix):
        text = "".join("1" if module else "0" for module in modules)
        for run in re.finditer("1+", text):
            width = scale * (run.end() - run.start())
            parts.append(f"M{start + scale * run.start()} {start + scale * row}h{width}v{scale}h-{width}z")
    return "".join(parts)


def _logo(uri: str, size: int, code: int, pad: int, light: str) -> str:
    side = round(code * LOGO_SHARE)
    inner, outer = (size - side) // 2, (size - side) // 2 - pad
    room = side + 2 * pad
    return (
        f'<path fill="{light}" d="M{outer} {outer}h{room}v{room}h-{room}z"/>'
        f'<image x="{inner}" y="{inner}" width="{side}" height="{side}" href="{uri}"/>'
    )


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _one_of(given: Mapping[str, str], name: str, known: Sequence[str], usual: str, errors: dict[str, list[str]]) -> str:
    text = given.get(name, usual)
    for one in known:
        if text.lower() == one.lower():
            return one
    errors[name] = [f"Choose {', '.join(known[:-1])} or {known[-1]}."]
    return usual


def _number(
    given: Mapping[str, str], name: str, least: int, most: int, usual: int, errors: dict[str, list[str]]
) -> int:
    text = given.get(name, "").strip() or str(usual)
    if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
        return int(text)
    errors[name] = [f"Give a whole number from {least} to {most}."]
    return usual


def _colour(given: Mapping[str, str], name: str, usual: str, errors: dict[str, list[str]]) -> str:
    text = given.get(name, "").strip().lower() or usual
    text = text if text.startswith("#") else f"#{text}"
    if _COLOUR.fullmatch(text):
        return text
    errors[name] = ["Give a colour as six hexadecimal digits, such as 1d1e24."]
    return usual


def _flag(given: Mapping[str, str], name: str, errors: dict[str, list[str]]) -> bool:
    text = given.get(name, "true").lower()
    if text not in (*_YES, *_NO):
        errors[name] = ["Say true or false."]
    return text not in _NO
