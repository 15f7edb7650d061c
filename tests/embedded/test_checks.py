"""`./run check`."""

import sys
from pathlib import Path

import pytest

from portal.embedded import checks
from portal.embedded.checks import Check
from tests.embedded.conftest import ROOT

GOOD = Check("good", (sys.executable, "-S", "-c", "print('quiet')"))
BAD = Check("bad", (sys.executable, "-S", "-c", "print('line 7 is wrong'); raise SystemExit(1)"))
NAMES = {
    "types",
    "import contracts",
    "format",
    "lint",
    "dependencies",
    "templates (format)",
    "templates (lint)",
    "compose file",
    "Dockerfile",
    "spelling",
    "deploy",
    "migrations",
}


def test_every_check_of_the_house_is_in_the_list() -> None:
    assert {check.name for check in checks.checks(ROOT)} == NAMES


def test_every_tool_is_installed() -> None:
    assert [check.argv[0] for check in checks.checks(ROOT) if not Path(check.argv[0]).exists()] == []


def test_only_a_failing_check_shows_its_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "checks", lambda _: [GOOD, BAD])
    assert checks.run_all(tmp_path) == 1
    printed = capsys.readouterr().out
    assert "line 7 is wrong" in printed
    assert "quiet" not in printed
    assert printed.endswith("checks: 1 passed, 1 failed bad\n")


def test_checks_can_be_chosen_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "checks", lambda _: [GOOD, BAD])
    assert checks.run_all(tmp_path, ["good"]) == 0


def test_choosing_nothing_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "checks", lambda _: [GOOD])
    assert checks.run_all(tmp_path, ["nothing of that name"]) == 1


def test_settings_of_a_shell_do_not_reach_the_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_OPEN_SIGNUP", "broken")
    code = "import os; raise SystemExit('PORTAL_OPEN_SIGNUP' in os.environ)"
    assert checks._run(Check("env", (sys.executable, "-S", "-c", code)), tmp_path).passed
