"""Papers in many scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.lib import papers


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine without fonts of its own."""
    monkeypatch.setattr(papers, "FOLDERS", ())
    papers.faces.cache_clear()
    papers.known.cache_clear()
    yield
    papers.faces.cache_clear()
    papers.known.cache_clear()


@pytest.mark.parametrize("name", ["Łukasz", "Жанна", "Ελένη", "Nguyễn", "שרה", "عمر", "Zoë"])
def test_names_of_europe_and_its_neighbours_are_printed(name: str) -> None:
    assert papers.is_printable(name)


def test_other_names_are_told_apart() -> None:
    assert not papers.is_printable("田中")


def test_a_paper_brings_the_fonts_that_it_needs_and_no_other() -> None:
    assert papers.Paper("A title", ["Anna"]).fonts.keys() == {"inter", "interB"}
    assert papers.Paper("A title", ["Жанна"]).fonts.keys() == {"inter", "interB", "dejavu-sans"}


def test_it_is_a_pdf_whatever_it_says() -> None:
    paper = papers.Paper("A title", ["田中 Жанна"])
    paper.add_page()
    paper.say(6, "田中 Жанна \x00 🌙")
    assert bytes(paper.output()).startswith(b"%PDF-")


def test_fonts_of_ones_own_are_taken_and_broken_ones_left_out(settings: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    settings.PORTAL_PDF_FONTS = [str(broken), str(papers.BOLD), str(tmp_path / "none.ttf")]
    assert [one.path for one in papers.faces()] == [papers.REGULAR, papers.ALPHABETS, papers.BOLD]
