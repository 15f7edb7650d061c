"""docs/guides/rest-links.md does what it says: its commands run against a real server, and their output is compared."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.factories.accounts import issue_token
from tests.factories.shortener import DomainFactory

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "rest-links.md"
BLOCKS = re.findall(r"```(bash|python|text)\n(.*?)```", GUIDE.read_text(), re.DOTALL)
MARK = "-- end of block --"
Run = Callable[[list[str], str], list[str]]


def pairs(language: str) -> list[tuple[str, str]]:
    """Each block of the language, with the output that the page shows for it."""
    after = [*BLOCKS[1:], ("", "")]
    shown = [text if kind == "text" else "" for kind, text in after]
    return [(text, told) for (kind, text), told in zip(BLOCKS, shown, strict=True) if kind == language]


def unlike(expected: str, printed: str) -> list[str]:
    """The lines that the page shows and the command did not print, `...` standing for anything."""
    wanted, found = expected.splitlines(), printed.strip().splitlines()
    if len(wanted) != len(found):
        return [f"{len(wanted)} lines expected", *found]
    patterns = [re.escape(line).replace(re.escape("..."), ".*") for line in wanted]
    return [line for pattern, line in zip(patterns, found, strict=True) if not re.fullmatch(pattern, line)]


@pytest.fixture
def run(transactional_db: None, live_server: Any, team: Any, bob: Any, tmp_path: Path) -> Run:
    """Runs a program and returns its output block by block."""
    DomainFactory(name="localhost", is_default=True)
    token = issue_token(user=bob, scopes=["links:read", "links:write", "stats:read"])
    places = {"PORTAL": live_server.url, "TOKEN": token, "PYTHONDONTWRITEBYTECODE": "1"}

    def program(command: list[str], text: str) -> list[str]:
        environment = os.environ | places
        options: dict[str, Any] = {"cwd": tmp_path, "env": environment, "capture_output": True, "text": True}
        done: subprocess.CompletedProcess[str] = subprocess.run(
            command, input=text, timeout=120, check=False, **options
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split(f"{MARK}\n")

    return program


def wrong(blocks: list[tuple[str, str]], printed: list[str]) -> dict[str, list[str]]:
    """The blocks whose output is not what the page shows, and how it differs."""
    found = {text: unlike(told, output) for (text, told), output in zip(blocks, printed, strict=False)}
    return {text: lines for text, lines in found.items() if lines}


def test_the_commands_print_what_the_page_shows(run: Run) -> None:
    blocks = pairs("bash")
    script = "set -eu\n" + "".join(f"{text}\necho '{MARK}'\n" for text, _ in blocks)
    assert wrong(blocks, run(["bash"], script)) == {}


def test_the_python_program_prints_what_the_page_shows(run: Run) -> None:
    blocks = pairs("python")
    run(["bash"], "\n".join(text for text, _ in pairs("bash")[:2]))
    program = "".join(f"{text}\nprint('{MARK}')\n" for text, _ in blocks)
    assert wrong(blocks, run([sys.executable, "-"], program)) == {}


def test_every_block_that_prints_is_followed_by_its_output() -> None:
    silent = [text for text, told in [*pairs("bash"), *pairs("python")] if not told]
    assert len(silent) == 1
    assert "api()" in silent[0]
