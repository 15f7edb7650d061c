import re

import pytest

from shortener.domain import qr
from shortener.domain.qr import QrOptions

CROSS = [[1, 0, 1, 1], [0, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]]


def modules(drawing: str, options: QrOptions, count: int) -> list[list[int]]:
    """The matrix that the dark path of a drawing covers."""
    scale = options.size // (count + 2 * options.margin)
    start = (options.size - scale * count) // 2
    found = [[0] * count for _ in range(count)]
    for run in re.finditer(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", drawing.split(f'fill="{options.dark}"')[1]):
        left, top, width, height = map(int, run.groups())
        assert height == scale
        for column in range((left - start) // scale, (left - start + width) // scale):
            found[(top - start) // scale][column] = 1
    return found


@pytest.mark.parametrize("size", [64, 100, 513])
@pytest.mark.parametrize("margin", [0, 4, 12])
def test_a_drawing_covers_exactly_the_dark_modules(size: int, margin: int) -> None:
    options = QrOptions(size=size, margin=margin)
    assert modules(qr.draw(CROSS, options), options, 4) == CROSS


def test_the_usual_options_are_those_of_nothing_asked() -> None:
    assert qr.parse({}) == (QrOptions(), {})


def test_options_are_read_from_texts() -> None:
    given = {
        "format": "PNG",
        "size": "1024",
        "margin": "0",
        "level": "q",
        "dark": "1D1E24",
        "light": "#FfFfEe",
        "logo": "0",
    }
    assert qr.parse(given)[0] == QrOptions("png", 1024, 0, "Q", "#1d1e24", "#ffffee", logo=False)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("format", "gif"),
        ("format", ""),
        ("size", "63"),
        ("size", "2049"),
        ("size", "\u0661\u0662\u0663"),
        ("size", "1e3"),
        ("size", "9" * 5000),
        ("margin", "-1"),
        ("margin", "21"),
        ("level", "X"),
        ("dark", "red"),
        ("dark", "#12345"),
        ("dark", '#00000"'),
        ("light", "ffffff\n0"),
        ("logo", "maybe"),
    ],
)
def test_what_makes_no_sense_is_named(name: str, text: str) -> None:
    options, errors = qr.parse({name: text})
    assert set(errors) == {name}
    assert options == QrOptions()


def test_all_errors_come_at_once() -> None:
    wrong = {"format": "gif", "size": "0", "margin": "x", "level": "Z", "dark": "x", "light": "y", "logo": "?"}
    assert set(qr.parse(wrong)[1]) == set(wrong)


@pytest.mark.parametrize(("dark", "light"), [("#ffffff", "#000000"), ("#777777", "#999999"), ("#ffff00", "#ffffff")])
def test_colours_that_no_scanner_reads_are_refused(dark: str, light: str) -> None:
    assert set(qr.parse({"dark": dark, "light": light})[1]) == {"dark"}


def test_black_on_white_has_the_highest_contrast() -> None:
    assert qr.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_a_logo_stands_in_the_middle_on_a_clean_square() -> None:
    drawing = qr.draw([[1] * 25] * 25, QrOptions(size=330), logo="data:image/png;base64,AA==", title="Code")
    side = round(25 * 10 * qr.LOGO_SHARE)
    assert f'<image x="{(330 - side) // 2}" y="{(330 - side) // 2}" width="{side}"' in drawing
    assert "<title>Code</title>" in drawing
