"""`./run test`: the tools that only Debian has, all checks, all tests."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from portal.embedded import checks, tools

PYTEST = ("-m", "pytest")
TWO_CORES = ("-n", "2", "--dist", "loadgroup")
STORY = "tests/e2e/test_outage_story.py"
"""Waits for minutes and keeps an event loop of its own running: it gets a process beside all others, from the start."""


def test(root: Path, arguments: Sequence[str]) -> int:
    """Run everything; arguments that select tests (anything but options) leave the checks out.

    With PORTAL_REQUIRE_ALL nothing may be left out: a missing tool is an error.
    """
    left = tools.ensure(require_all=bool(os.environ.get("PORTAL_REQUIRE_ALL")))
    selected = any(not argument.startswith("-") for argument in arguments)
    failed = _run(root, TWO_CORES, arguments) if selected else _run_all(root, arguments)
    if left:
        print(tools.sentence(left), flush=True)
    return failed


def _run(root: Path, *words: Sequence[str]) -> int:
    """One run of pytest in the foreground."""
    argv = [sys.executable, *PYTEST, *sum(map(tuple, words), ())]
    return subprocess.run(argv, cwd=root, env=_environment(), check=False).returncode


def _run_all(root: Path, arguments: Sequence[str]) -> int:
    """The checks, then the suite on two cores; the story goes on beside both and is told last.

    Returns the first failure of suite, story and checks.
    """
    with tempfile.TemporaryFile("w+") as heard:
        argv = [sys.executable, *PYTEST, STORY, *arguments]
        story = subprocess.Popen(argv, cwd=root, env=_environment(), stdout=heard, stderr=subprocess.STDOUT)
        checked = checks.run_all(root)
        tested = _run(root, TWO_CORES, [f"--ignore={STORY}"], arguments)
        told = story.wait()
        heard.seek(0)
        print(heard.read(), flush=True)
    if checked:
        print("./run check failed, see above", flush=True)
    return tested or told or checked


def _environment() -> dict[str, str]:
    """Ours, but bytecode is kept: workers, and every portal that a test starts, else compile all modules again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
