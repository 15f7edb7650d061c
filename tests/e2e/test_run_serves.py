"""The true `./run`: everything starts, tells how to get in, and comes back from the dead."""

import subprocess
from urllib.request import urlopen

import pytest

from tests.e2e.running import ROOT, RunningPortal, answers, environment, wait_until

PROCESSES = ("web", "edge", "worker", "beat", "pager")


def test_every_process_runs_and_the_portal_says_so_once(portal: RunningPortal) -> None:
    assert set(portal.pids) == {"supervisor", *PROCESSES}
    assert sum(line.startswith("ready: ") for line in portal.said) == 1


def test_the_first_start_shows_a_password_for_the_administrator(portal: RunningPortal) -> None:
    assert len(portal.admin_password) >= 12
    assert portal.admin_password not in "".join(
        path.read_text(errors="replace") for path in portal.data_dir.glob("logs/*.log")
    )


def test_pages_and_short_links_answer_on_their_own_origins(portal: RunningPortal) -> None:
    assert answers(f"{portal.base_url}/readyz")
    assert portal.link_url != portal.base_url
    with urlopen(f"{portal.base_url}/", timeout=10) as response:
        assert "text/html" in response.headers["Content-Type"]


def test_a_second_run_says_who_holds_the_data_directory(portal: RunningPortal) -> None:
    second = subprocess.run(
        [str(ROOT / "run")], env=environment(portal.data_dir), capture_output=True, text=True, check=False
    )
    assert second.returncode == 2
    assert f"process {portal.pids['supervisor']} at {portal.base_url}" in second.stderr


def test_management_commands_reach_the_running_database(portal: RunningPortal) -> None:
    assert "[X] 0001_initial" in portal.manage("showmigrations", "accounts")


@pytest.mark.parametrize("name", PROCESSES)
def test_a_killed_process_comes_back(portal: RunningPortal, name: str) -> None:
    old = portal.kill(name)
    wait_until(lambda: portal.pids.get(name, old) != old)
    assert wait_until(lambda: portal.is_ready(name))
