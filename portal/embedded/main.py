"""Dispatches the commands of `./run`."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from portal.embedded import configuration, data
from portal.embedded.configuration import Configuration
from portal.embedded.errors import SurroundingsError

ROOT = Path(__file__).resolve().parent.parent.parent
USAGE = """usage: ./run [command]
  (none), serve        set up and start the portal
  test [arguments]     all checks, then all tests; the arguments go to pytest
  check                linters, types, import contracts
  manage COMMAND ...   a command of Django, against the portal's database
  demo                 fill an empty database with 90 days of plausible history
  bench NAME           a measurement: a table, and one JSON object as the last line
  backup FILE          write everything that must survive into FILE
  restore FILE         bring a backup back into an empty portal (--force: into a used one)
Settings come from the environment or from .env; .env.example lists them all."""


def main(argv: Sequence[str]) -> int:
    """Run one command of `./run` and return its exit code."""
    name, rest = (argv[0], list(argv[1:])) if argv else ("serve", [])
    if name in ("help", "-h", "--help"):
        print(USAGE)
        return 0
    command = COMMANDS.get(name)
    if command is None:
        sys.stderr.write(f"./run knows no command {name!r}.\n{USAGE}\n")
        return 2
    try:
        return command(configuration.read(ROOT, os.environ), rest)
    except SurroundingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _serve(settings: Configuration, rest: list[str]) -> int:
    from portal.embedded import serve

    return serve.serve(settings)


def _manage(settings: Configuration, rest: list[str]) -> int:
    with data.borrowed(settings) as found:
        own = data.environment(settings, found) | {"PORTAL_PROCESS": "manage", "PORTAL_PROCESS_PORT": "0"}
        argv = [sys.executable, str(settings.root / "manage.py"), *rest]
        return subprocess.run(argv, env=own, cwd=settings.root, check=False).returncode


def _demo(settings: Configuration, rest: list[str]) -> int:
    return _manage(settings, ["migrate", "--noinput", "--verbosity", "0"]) or _manage(settings, ["demo", *rest])


COMMANDS: dict[str, Callable[[Configuration, list[str]], int]] = {
    "serve": _serve,
    "manage": _manage,
    "demo": _demo,
}
