"""Child processes."""

import os
import pwd
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from portal.embedded import children
from portal.embedded.exceptions import SurroundingsError

QUICK = (sys.executable, "-S", "-c")


def _interrupt() -> None:
    raise KeyboardInterrupt


def _raise_key_error(_: object) -> None:
    raise KeyError


def test_the_kernel_ends_a_child_when_its_parent_dies() -> None:
    code = (
        "import sys; from portal.embedded import children;"
        "c = children.start([sys.executable, '-S', '-c', 'import time; time.sleep(600)'], death_signal=9);"
        "print(c.pid, flush=True); sys.stdin.read()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    _until_gone(pid)


def test_a_child_leads_a_group_of_its_own() -> None:
    child = children.start([*QUICK, "import time; time.sleep(600)"])
    assert os.getpgid(child.pid) == child.pid
    assert children.stop(child)


def test_a_child_that_does_not_listen_is_killed() -> None:
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    child = children.start([*QUICK, code], output=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    assert not children.stop(child, seconds=0.1)
    assert child.returncode == -signal.SIGKILL


def test_a_failing_program_is_told_with_its_last_lines() -> None:
    with pytest.raises(SurroundingsError, match=r"failed \(exit code 4\): out of luck"):
        children.run([*QUICK, "print('out of luck'); raise SystemExit(4)"])


def test_an_interruption_ends_the_program_that_was_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    child = children.start([*QUICK, "import time; time.sleep(600)"])
    monkeypatch.setattr(child, "communicate", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        children.output_of(child)
    assert child.returncode is not None


def test_servers_see_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SECRET_KEY", "secret")
    monkeypatch.setenv("PGHOST", "elsewhere")
    assert {"PORTAL_SECRET_KEY", "PGHOST"}.isdisjoint(children.server_environment())


def test_a_user_without_an_entry_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    monkeypatch.setattr(pwd, "getpwuid", _raise_key_error)
    with pytest.raises(SurroundingsError, match=r"the user id 54321 to have an entry in /etc/passwd: add one"):
        children.server_identity()


def _until_gone(pid: int) -> None:
    for _ in range(2000):
        if not Path(f"/proc/{pid}").exists():
            return
        signal.sigtimedwait([], 0.005)
    raise AssertionError(f"process {pid} is still there")
