"""The file `run` itself, as a stranger meets it."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.embedded.conftest import ROOT

OLD = "import runpy, sys; sys.version_info = (3, 8, 1); sys.argv[0] = 'run'; runpy.run_path('run', run_name='__main__')"


def run(tmp_path: Path, *words: str, **own: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `./run` in this environment's Python, with no settings but `own`."""
    environment = {"PATH": os.environ["PATH"], "PORTAL_ENV_FILE": os.devnull, "PORTAL_DATA_DIR": str(tmp_path / "data")}
    argv = [sys.executable, "-m", "portal.embedded", *words]
    return subprocess.run(argv, cwd=ROOT, env=environment | own, capture_output=True, text=True, check=False)


def test_it_can_be_read_by_old_pythons() -> None:
    ast.parse((ROOT / "run").read_text(), feature_version=(3, 7))


def test_it_may_be_executed() -> None:
    assert os.access(ROOT / "run", os.X_OK)


def test_an_old_python_is_told_so_in_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OLD], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "The portal needs Python 3.11 or newer, and this is Python 3.8.1.\n")


def test_help_lists_the_commands(tmp_path: Path) -> None:
    assert "./run [command]" in run(tmp_path, "help").stdout


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "fly")
    assert done.returncode == 2
    assert done.stderr.startswith("./run knows no command 'fly'.")


def test_a_taken_port_ends_it_with_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = run(tmp_path, PORTAL_PORT=port, PORTAL_LINK_PORT="0", PORTAL_ADMIN_PORT="0")
    assert done.returncode == 2
    assert done.stderr == (
        f"Port {port} is taken by another program or not allowed to this user; set PORTAL_PORT to a free one.\n"
    )


@pytest.mark.parametrize(
    ("name", "url"),
    [("DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:9/portal"), ("REDIS_URL", "redis://:hunter2@127.0.0.1:9/0")],
)
def test_a_server_out_of_reach_ends_it_with_one_sentence(tmp_path: Path, name: str, url: str) -> None:
    done = run(tmp_path, PORTAL_PORT="0", PORTAL_LINK_PORT="0", PORTAL_ADMIN_PORT="0", **{name: url})
    assert done.returncode == 2
    assert done.stderr.startswith(f"{name}: no ")
    assert "127.0.0.1:9" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr
