"""Compression of static files."""

from pathlib import Path

from portal.lib.static_files import QuickCompressor

STYLE = "body { color: black; }\n" * 500


def test_a_style_sheet_gets_a_brotli_and_a_gzip_copy(tmp_path: Path) -> None:
    path = tmp_path / "portal.css"
    path.write_text(STYLE)
    names = QuickCompressor(quiet=True).compress(str(path))
    assert [Path(name).suffix for name in names] == [".br", ".gz"]


def test_source_maps_and_pictures_are_left_alone() -> None:
    compressor = QuickCompressor(quiet=True)
    assert [compressor.should_compress(name) for name in ("a.js.map", "a.png", "a.js")] == [False, False, True]
