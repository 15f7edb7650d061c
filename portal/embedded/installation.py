"""Makes and keeps the virtual environment. Standard library only: it runs before anything is installed."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.embedded.exceptions import SurroundingsError

LOCKS = {"serve": ("requirements.txt",), "all": ("requirements.txt", "requirements-dev.txt")}
STAMP = "portal-installed.json"
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3")
OLDEST = (3, 11)
NEEDED_BYTES = 1_500_000_000
PROBE = "import sys, venv, ensurepip; print(sys.version_info[0], sys.version_info[1])"


def ensure(root: Path, kind: str) -> Path:
    """Bring the virtual environment to the locks of `kind` and return its Python; does nothing when it is right.

    Two set-ups at once wait for each other.
    """
    folder = venv_dir(root)
    python = folder / "bin" / "python"
    if _satisfied(root, folder, kind):
        return python
    with _alone(root):
        if not _satisfied(root, folder, kind):
            _install(root, folder, kind)
    return python


def venv_dir(root: Path) -> Path:
    """Where the virtual environment is."""
    return root / (os.environ.get("PORTAL_VENV_DIR") or ".venv")


def _satisfied(root: Path, folder: Path, kind: str) -> bool:
    try:
        stamp = json.loads((folder / STAMP).read_text())
    except (OSError, ValueError):
        return False
    return (folder / "bin" / "python").exists() and any(
        stamp.get(have) == lock_hash(root, have) for have in {kind, "all"}
    )


def lock_hash(root: Path, kind: str) -> str:
    """The state of the locks of `kind`."""
    digest = hashlib.sha256()
    for name in LOCKS[kind]:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    with (root / "requirements.txt").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(root: Path, folder: Path, kind: str) -> None:
    print(f"setting up {folder} (a minute the first time) ...", file=sys.stderr, flush=True)
    python = folder / "bin" / "python"
    if shutil.disk_usage(root).free < NEEDED_BYTES:
        raise SurroundingsError(
            f"Less than {NEEDED_BYTES // 1_000_000} MB are free on the disk of {root}; make room and run again."
        )
    if kind == "serve" and _had_all(folder):
        kind = "all"
    if not _works(python) or not (folder / "bin" / "uv").exists():
        _make(folder)
    locks = [str(root / name) for name in LOCKS[kind]]
    uv = [str(folder / "bin" / "uv"), "pip", "sync", "--quiet", "--require-hashes", "--python", str(python)]
    _run([*uv, *locks], "install the packages")
    (folder / STAMP).write_text(json.dumps({kind: lock_hash(root, kind)}))


def _make(folder: Path) -> None:
    """A virtual environment with uv in it, by the pip of the interpreter where it has one: that saves half the time."""
    interpreter, python = choose_interpreter(), str(folder / "bin" / "python")
    venv, uv = [interpreter, "-m", "venv", "--clear"], ["install", "--quiet", "--no-deps", "--no-compile", "uv"]
    _run([*venv, "--without-pip", str(folder)], "make the virtual environment")
    if _call([interpreter, "-m", "pip", "--python", python, *uv]).returncode:
        _run([*venv, str(folder)], "make the virtual environment")
        _run([python, "-m", "pip", *uv], "install uv")


def _had_all(folder: Path) -> bool:
    try:
        return "all" in json.loads((folder / STAMP).read_text())
    except (OSError, ValueError):
        return False


def _works(python: Path) -> bool:
    probe = [str(python), "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def choose_interpreter() -> str:
    """The newest Python on PATH that can make a virtual environment."""
    seen = False
    for name in (*CANDIDATES, sys.executable):
        path = shutil.which(name)
        if path is None:
            continue
        probe = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, check=False)
        if probe.returncode == 0 and tuple(map(int, probe.stdout.split())) >= OLDEST:
            return path
        seen = seen or "ensurepip" in probe.stderr or "venv" in probe.stderr
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    raise SurroundingsError(
        f"Python {version} here has no venv module; install it and run again "
        f"(on Debian and Ubuntu: apt install python{version}-venv)."
        if seen
        else "No working Python from 3.11 on was found on PATH."
    )


def _run(argv: list[str], purpose: str) -> None:
    done = _call(argv)
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        raise SurroundingsError(f"Could not {purpose}: {' | '.join(lines[-4:]) or f'exit code {done.returncode}'}")


def _call(argv: list[str]) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME")}
    environ |= {"UV_SYSTEM_CERTS": "1", "UV_LINK_MODE": environ.get("UV_LINK_MODE", "hardlink")}
    return subprocess.run(argv, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
