"""`./run test`."""

import subprocess
from pathlib import Path
from typing import IO, Any

import pytest

from portal.embedded import checks, testing, tools
from portal.embedded.tools import Tool

STORY = testing.STORY


class Told:
    """The story's process, which is over at once."""

    returncode = 0

    def __init__(self, argv: list[str], stdout: IO[str], **_: object) -> None:
        self.argv = argv
        stdout.write("the story failed" if self.returncode else "1 passed")

    def wait(self) -> int:
        return self.returncode


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is run, in turn, instead of running it: pytest cannot run the suite from inside the suite."""
    seen: list[str] = []

    def pytest_run(argv: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        seen.append(" ".join(argv[1:]))
        return subprocess.CompletedProcess(argv, 0)

    def all_checks(_: Path) -> int:
        seen.append("checks")
        return 0

    monkeypatch.setattr(checks, "run_all", all_checks)
    monkeypatch.setattr(tools, "ensure", lambda require_all: [])

    def story(argv: list[str], **options: Any) -> Told:
        seen.append(" ".join(argv[1:]))
        return Told(argv, **options)

    monkeypatch.setattr(Told, "returncode", 0)
    monkeypatch.setattr(subprocess, "run", pytest_run)
    monkeypatch.setattr(subprocess, "Popen", story)
    return seen


def test_the_story_begins_then_come_checks_and_then_the_suite_on_two_cores(calls: list[str], tmp_path: Path) -> None:
    assert testing.test(tmp_path, ["-x"]) == 0
    assert calls == [f"-m pytest {STORY} -x", "checks", f"-m pytest -n 2 --dist loadgroup --ignore={STORY} -x"]


def test_a_selection_of_tests_leaves_the_checks_out(calls: list[str], tmp_path: Path) -> None:
    testing.test(tmp_path, ["tests/slo"])
    assert calls == ["-m pytest -n 2 --dist loadgroup tests/slo"]


def test_the_story_is_told_after_the_suite_and_counts(
    calls: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Told.returncode = 1
    assert testing.test(tmp_path, []) == 1
    assert "the story failed" in capfd.readouterr().out


def test_a_failed_check_fails_the_whole(calls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "run_all", lambda root: 1)
    assert testing.test(tmp_path, []) == 1


def test_what_was_left_out_is_said_at_the_end(
    calls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tools, "ensure", lambda require_all: [Tool("nginx", "nginx-light")])
    testing.test(tmp_path, [])
    assert "Tests that need nginx-light are left out" in capsys.readouterr().out


def test_bytecode_is_kept_whatever_the_shell_says(
    calls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[dict[str, str]] = []

    def pytest_run(argv: list[str], env: dict[str, str], **_: object) -> subprocess.CompletedProcess[str]:
        given.append(env)
        return subprocess.CompletedProcess(argv, 0)

    monkeypatch.setattr(subprocess, "run", pytest_run)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    testing.test(tmp_path, ["tests/slo"])
    assert given[0].keys() & {"PATH", "PYTHONDONTWRITEBYTECODE"} == {"PATH"}
