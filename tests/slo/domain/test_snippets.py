"""What pipelines run: read as their tools read it, against a real server, and as the guide prints it."""

import os
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from slo.domain import snippets
from slo.models import GateEvaluation, Release, SloStatus
from tests.factories.accounts import issue_token
from tests.factories.slo import SloStatusFactory

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "releases.md"
PORTAL, SERVICE = "https://portal.example.com", "checkout"
GITHUB = yaml.safe_load(snippets.github(PORTAL, SERVICE))["jobs"]["release"]
GITLAB = yaml.safe_load(snippets.gitlab(PORTAL, SERVICE))
STEPS = {step.get("name"): step for step in GITHUB["steps"]}
RUN_ID = {"RUN_ID": "run-7", "RUN_URL": "https://ci.example/7", "VERSION": "2.0.1", "SERVICE": SERVICE}
TITLE = 'two: "quoted" \\ ' + "long " * 50
TOLD = {"DIFF_URL": "https://ci.example/diff", "AUTHOR": "ann"}
Run = Callable[[str], int]


def test_github_runs_the_very_shell() -> None:
    assert STEPS["Ask the gate"]["run"] == snippets.GATE
    assert STEPS["Record the release"]["run"].rstrip("\n") == snippets.RECORD.rstrip("\n")
    told = {"SRELINK_URL", "SRELINK_TOKEN", "SERVICE", "VERSION", "SINCE", "RUN_ID", "RUN_URL", "DIFF_URL", "AUTHOR"}
    assert told == set(GITHUB["env"])


def test_gitlab_runs_the_very_shell() -> None:
    assert GITLAB["ask-the-gate"]["script"][0].rstrip("\n") == snippets.GATE.rstrip("\n")
    assert GITLAB["record-the-release"]["script"] == GITLAB["record-the-failure"]["script"]
    assert GITLAB["record-the-release"]["script"][0].rstrip("\n") == snippets.RECORD.rstrip("\n")
    assert {GITLAB[name]["stage"] for name in GITLAB if "-the-" in name} <= set(GITLAB["stages"])


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_any_shell_reads_it(shell: str) -> None:
    text = snippets.shell(PORTAL, SERVICE)
    assert subprocess.run([shell, "-n"], input=text, text=True, check=False).returncode == 0
    assert snippets.GATE in text
    assert snippets.RECORD in text


@pytest.mark.parametrize("write", [snippets.github, snippets.gitlab, snippets.shell], ids=["GitHub", "GitLab", "shell"])
def test_the_guide_prints_what_the_portal_shows(write: Callable[[str, str], str]) -> None:
    assert write(PORTAL, SERVICE).rstrip("\n") in GUIDE.read_text()


@pytest.fixture
def run(transactional_db: None, live_server: Any, service: Any, bob: Any, tmp_path: Path) -> Run:
    """Runs shell in a clone with two commits, as a step of GitHub Actions does."""
    token = issue_token(user=bob, scopes=["releases:read", "releases:write"])
    places = {"SRELINK_URL": live_server.url, "SRELINK_TOKEN": token, **RUN_ID, **TOLD}
    author = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    for command in (["init", "-q"], *[["commit", "-q", "--allow-empty", "-m", text] for text in ("one", TITLE)]):
        subprocess.run(["git", *author, *command], cwd=tmp_path, check=True)

    def program(text: str) -> int:
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text]
        return subprocess.run(command, cwd=tmp_path, env=os.environ | places, check=False, timeout=60).returncode

    return program


def test_a_pipeline_stops_at_the_gate_or_records_its_release_once(run: Run, service: Any) -> None:
    SloStatusFactory(slo__service=service, remaining_ratio=Decimal(-1))
    assert run(STEPS["Ask the gate"]["run"]) == snippets.DENIED
    SloStatus.objects.update(remaining_ratio=Decimal(1))
    assert run(f"SERVICE=nothing\n{snippets.GATE}") == snippets.UNREACHABLE
    assert [run(GITLAB["ask-the-gate"]["script"][0] + snippets.RECORD) for _ in range(2)] == [0, 0]
    assert [kept.verdict for kept in GateEvaluation.objects.order_by("pk")] == ["deny", "allow", "allow"]
    release = Release.objects.get()
    told = (release.version, release.external_id, release.status, len(release.changes))
    assert told == ("2.0.1", "run-7", "succeeded", 1)
    assert (release.diff_url, release.author) == ("https://ci.example/diff", "ann")
    assert release.changes[0]["title"].startswith("two-quoted-long-long")
    assert release.committed_at is not None
