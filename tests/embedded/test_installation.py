"""The virtual environment, without making one."""

import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from portal.embedded import installation
from portal.embedded.exceptions import SurroundingsError


class Usage(NamedTuple):
    """What shutil tells of a disk."""

    total: int
    used: int
    free: int


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with locks and a virtual environment that was never finished."""
    monkeypatch.delenv("PORTAL_VENV_DIR", raising=False)
    for name in installation.LOCKS["all"]:
        (tmp_path / name).write_text(f"{name}==1\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    return tmp_path


def stamp(root: Path, kind: str) -> None:
    facts = {kind: installation.lock_hash(root, kind)}
    (root / ".venv" / installation.STAMP).write_text(json.dumps(facts))


def fake_python(folder: Path, script: str) -> str:
    path = folder / "python3.13"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(("installed", "wanted"), [("serve", "serve"), ("all", "all"), ("all", "serve")])
def test_a_right_environment_is_left_alone(root: Path, installed: str, wanted: str) -> None:
    stamp(root, installed)
    assert installation.ensure(root, wanted) == root / ".venv" / "bin" / "python"


def test_a_changed_lock_asks_for_a_new_set_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp(root, "serve")
    (root / "requirements.txt").write_text("other==2\n")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1, 1, 0))
    with pytest.raises(SurroundingsError, match="Less than 1500 MB are free on the disk of"):
        installation.ensure(root, "serve")


def test_tools_for_tests_are_not_there_after_a_set_up_for_serving(root: Path) -> None:
    stamp(root, "serve")
    assert not installation._satisfied(root, root / ".venv", "all")


def test_the_newest_python_on_the_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fake_python(tmp_path, "echo 3 13")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installation.choose_interpreter() == path


def test_a_python_without_venv_is_named_with_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fake_python(tmp_path, "echo \"No module named 'ensurepip'\" >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", path)
    with pytest.raises(SurroundingsError, match=r"has no venv module; .* apt install python3\.\d+-venv"):
        installation.choose_interpreter()


def test_a_failing_step_is_told_with_its_last_lines() -> None:
    program = "import sys; print('no network'); sys.exit(1)"
    with pytest.raises(SurroundingsError, match="Could not install the packages: no network"):
        installation._run([sys.executable, "-S", "-c", program], "install the packages")
