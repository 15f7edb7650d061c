"""Reading `.env`."""

from pathlib import Path

import pytest

from portal.embedded import dotenv
from portal.embedded.exceptions import SurroundingsError


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=plain", "plain"),
        ("NAME = spaced ", "spaced"),
        ("export NAME=exported", "exported"),
        ("NAME='single # kept'", "single # kept"),
        ('NAME="double"  # comment', "double"),
        ("NAME=value # comment", "value"),
        ("NAME=with#hash", "with#hash"),
        ("NAME=a=b", "a=b"),
        ("NAME=", ""),
    ],
)
def test_a_line_gives_its_value(line: str, value: str) -> None:
    assert dotenv.parse(line) == {"NAME": value}


def test_comments_and_empty_lines_say_nothing() -> None:
    assert dotenv.parse("# NAME=1\n\n   \n") == {}


def test_a_broken_line_is_named_by_its_number_and_not_repeated() -> None:
    with pytest.raises(SurroundingsError, match=r"^Line 2 of \.env is not NAME=value\.$"):
        dotenv.parse("NAME=1\nsecret words\n")


def test_no_file_means_no_settings(tmp_path: Path) -> None:
    assert dotenv.read(tmp_path / ".env") == {}


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SurroundingsError, match="Cannot read"):
        dotenv.read(tmp_path / ".env")
