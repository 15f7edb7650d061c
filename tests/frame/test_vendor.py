import hashlib
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
SUMS = {line.split()[1]: line.split()[0] for line in (VENDOR / "SHA256SUMS").read_text().splitlines()}


@pytest.mark.parametrize("name", sorted(SUMS))
def test_a_vendored_file_is_what_was_fetched(name: str) -> None:
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == SUMS[name]


def test_every_vendored_file_has_a_sum() -> None:
    files = {f"./{path.relative_to(VENDOR)}" for path in VENDOR.rglob("*") if path.is_file()}
    assert files - {"./SHA256SUMS", "./README.md"} == set(SUMS)


def test_every_vendored_package_brings_its_licence() -> None:
    assert all((folder / "LICENSE").is_file() for folder in VENDOR.iterdir() if folder.is_dir())


def test_nothing_vendored_asks_for_a_source_map() -> None:
    texts = [path.read_text() for path in VENDOR.rglob("*") if path.suffix in {".js", ".css"}]
    assert not any("sourceMappingURL=" in text for text in texts)
