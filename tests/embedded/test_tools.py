"""Programs that only Debian has."""

import os
from pathlib import Path

import pytest

from portal.embedded import tools
from portal.embedded.exceptions import SurroundingsError
from portal.embedded.tools import Tool

NONE_SUCH = (Tool("no-such-program", "no-such-package"),)


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a program, and a user who may not install it."""
    monkeypatch.setattr(tools, "TOOLS", NONE_SUCH)
    monkeypatch.setattr(os, "getuid", lambda: 1000)


def test_system_folders_are_searched_whatever_the_path_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "nginx").touch(mode=0o755)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(tools, "FOLDERS", (str(tmp_path),))
    assert tools.find("nginx") == str(tmp_path / "nginx")


def test_what_cannot_be_installed_is_returned(lacking: None) -> None:
    assert tools.ensure(require_all=False) == list(NONE_SUCH)


def test_nothing_may_be_missing_where_all_is_required(lacking: None) -> None:
    with pytest.raises(SurroundingsError, match="these programs are missing: no-such-program"):
        tools.ensure(require_all=True)


def test_a_complete_machine_has_nothing_to_say() -> None:
    assert tools.sentence([]) == ""
