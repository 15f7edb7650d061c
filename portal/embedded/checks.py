"""`./run check`: every linter, type check and contract, two at a time."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

AT_ONCE = 2
DEPLOY = {
    "PORTAL_SECRET_KEY": "only-for-checks-f3b1d9c27a5e4c8d9b0e6a1f2c7d8e9f-never-in-use",
    "PORTAL_BASE_URL": "https://portal.example.com",
    "PORTAL_LINK_URL": "https://go.example.com",
    "PORTAL_SSL_REDIRECT": "1",
    "PORTAL_DEBUG": "0",
}
PACKAGES = ("portal", "shortener", "slo", "oncall", "incidents", "postmortems", "tests", "loadtest", "manage.py", "run")


@dataclass(frozen=True)
class Check:
    """One tool and how it is called."""

    name: str
    argv: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """How a check went; `output` matters only when it failed."""

    name: str
    passed: bool
    seconds: float
    output: str


def checks(root: Path) -> list[Check]:
    """All checks, the slow ones first so that the two lanes end together."""
    scripts = Path(sys.executable).parent
    templates = [str(path.relative_to(root)) for path in sorted(root.glob("templates/**/*.html"))]
    return [
        Check("types", (f"{scripts}/mypy", *[name for name in PACKAGES if (root / name).exists()])),
        Check("templates (lint)", (f"{scripts}/djlint", "templates", "--lint", "--quiet")),
        Check("dependencies", (f"{scripts}/deptry", ".")),
        Check("deploy", (sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING")),
        Check("migrations", (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")),
        Check("import contracts", (f"{scripts}/lint-imports",)),
        Check("format", (f"{scripts}/ruff", "format", "--check", ".")),
        Check("lint", (f"{scripts}/ruff", "check", ".")),
        Check("templates (format)", (f"{scripts}/djade", "--check", "--target-version", "5.2", *templates)),
        Check(
            "compose file",
            (f"{scripts}/check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
        ),
        Check("Dockerfile", (f"{scripts}/hadolint", "Dockerfile")),
        Check("spelling", (f"{scripts}/codespell",)),
    ]


def run_all(root: Path, wanted: Sequence[str] = ()) -> int:
    """Run the checks, or only those whose name holds one of `wanted`; prints a line each, 0 when all passed."""
    chosen = [one for one in checks(root) if not wanted or any(part in one.name for part in wanted)]
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        failed = [outcome.name for outcome in _shown(lanes.map(lambda one: _run(one, root), chosen))]
    print(f"checks: {len(chosen) - len(failed)} passed, {len(failed)} failed {', '.join(failed)}".rstrip(), flush=True)
    return 1 if failed or not chosen else 0


def _shown(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Print each outcome as it comes; returns the failed ones."""
    failed = []
    for outcome in outcomes:
        print(f"{'ok    ' if outcome.passed else 'FAILED'} {outcome.name:20} {outcome.seconds:5.1f} s", flush=True)
        if not outcome.passed:
            print(outcome.output.rstrip(), flush=True)
            failed.append(outcome)
    return failed


def _run(check: Check, root: Path) -> Outcome:
    started = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    done = subprocess.run(
        check.argv,
        cwd=root,
        env=environment | DEPLOY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Outcome(check.name, done.returncode == 0, time.monotonic() - started, done.stdout)
