"""`srelink` as people run it: a process of its own against a portal that listens."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.factories.accounts import MembershipFactory, TeamFactory, UserFactory, issue_token

ROOT = Path(__file__).resolve().parent.parent.parent
SCOPES = ["links:read", "links:write", "stats:read"]


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Terminal:
    """A shell with an address, a token and a folder."""

    def __init__(self, url: str, token: str, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SRELINK", "DJANGO"))}
        config = str(folder / "config.json")
        self.environment = kept | {"SRELINK_URL": url, "SRELINK_TOKEN": token, "SRELINK_CONFIG": config}

    def start(self, *words: str) -> "subprocess.Popen[str]":
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "portal.srelink", *words]
        environment = self.environment | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"}
        return subprocess.Popen(
            command, cwd=self.folder, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )

    def __call__(self, *words: str, typed: str = "") -> Ended:
        process = self.start(*words)
        out, err = process.communicate(typed, timeout=60)
        return Ended(process.returncode, out, err)


@pytest.fixture
def team(transactional_db: None) -> Any:
    return TeamFactory(name="Payments", slug="payments")


@pytest.fixture
def terminal_of(live_server: Any, team: Any, tmp_path: Path) -> Callable[..., Terminal]:
    """The terminal of a manager of the team whose token has the given scopes."""

    def make(*scopes: str) -> Terminal:
        user = UserFactory(name="Alice")
        MembershipFactory(user=user, team=team, role="manager")
        return Terminal(live_server.url, issue_token(user=user, scopes=list(scopes)), tmp_path)

    return make


@pytest.fixture
def srelink(terminal_of: Callable[..., Terminal]) -> Terminal:
    return terminal_of(*SCOPES)
