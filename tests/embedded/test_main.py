"""The commands of `./run`."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.embedded import main
from portal.embedded.exceptions import SurroundingsError


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs a command on the suite's servers with a data directory of its own."""
    monkeypatch.setenv("PORTAL_DATA_DIR", str(tmp_path / "data"))
    return lambda *words: main.main(words)


def test_the_usage_names_every_command() -> None:
    assert [name for name in main.COMMANDS if f"  {name}" not in main.USAGE and f", {name}" not in main.USAGE] == []


def test_a_management_command_gives_its_exit_code(call: Callable[..., int]) -> None:
    assert call("manage", "version") == 0
    assert call("manage", "no_such_command") == 1


@pytest.mark.parametrize("words", [("backup",), ("restore", "--force"), ("backup", "a", "b"), ("bench", "nothing")])
def test_missing_words_are_named(
    call: Callable[..., int], words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*words) == 2
    assert f"./run {words[0]} needs" in capsys.readouterr().err


def test_files_are_named_from_where_the_person_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_CALLED_FROM", "/home/someone")
    assert main._one_file("backup", ["b.tar"]) == Path("/home/someone/b.tar")


def test_the_client_runs_where_the_person_stands_and_gives_its_exit_code(
    call: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_CALLED_FROM", str(tmp_path))
    monkeypatch.setenv("SRELINK_CONFIG", str(tmp_path / "none.json"))
    monkeypatch.delenv("SRELINK_TOKEN", raising=False)
    assert call("srelink", "--help") == 0
    assert call("srelink", "list") == 4


def test_every_trouble_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def trouble(*_: object) -> int:
        raise SurroundingsError("The sky fell.")

    monkeypatch.setitem(main.COMMANDS, "serve", trouble)
    monkeypatch.setattr(os, "environ", {})
    assert main.main([]) == 2
    assert capsys.readouterr().err == "The sky fell.\n"
