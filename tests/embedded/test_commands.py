"""Several commands of manage.py in one process."""

import os
import subprocess
import sys

from tests.embedded.conftest import ROOT


def run(*lines: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "portal.embedded.commands", *lines]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    return subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_commands_run_in_turn_and_the_first_failure_ends_them() -> None:
    done = run("version", "no_such_command", "version")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert "no_such_command" in done.stderr
