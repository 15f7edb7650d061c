"""Dispatches the commands of `./run`."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from portal.embedded import configuration, data
from portal.embedded.configuration import Configuration
from portal.embedded.exceptions import SurroundingsError

ROOT = Path(__file__).resolve().parent.parent.parent
USAGE = """usage: ./run [command]
  (none), serve        set up and start the portal
  test [arguments]     all checks, then all tests; the arguments go to pytest
  check                linters, types, import contracts
  manage COMMAND ...   a command of Django, against the portal's database
  demo                 fill an empty database with 90 days of plausible history
  bench NAME           a measurement: a table, and one JSON object as the last line
  backup FILE          write everything that must survive into FILE
  srelink ARGUMENTS    the command-line client, against this portal unless SRELINK_URL says otherwise
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
    with data.borrowed(settings) as environment:
        return _child(settings, environment, "manage.py", *rest)


def _child(settings: Configuration, environment: dict[str, str], *words: str) -> int:
    """Run Python on `words` in the foreground."""
    own = environment | {"PORTAL_PROCESS": "manage", "PORTAL_PROCESS_PORT": "0"}
    return subprocess.run([sys.executable, *words], env=own, cwd=settings.root, check=False).returncode


def _demo(settings: Configuration, rest: list[str]) -> int:
    with data.borrowed(settings) as environment:
        migrate = ("manage.py", "migrate", "--noinput", "--verbosity", "0")
        return _child(settings, environment, *migrate) or _child(settings, environment, "manage.py", "demo", *rest)


def _bench(settings: Configuration, rest: list[str]) -> int:
    known = sorted(path.stem for path in (settings.root / "loadtest").glob("bench_*.py"))
    names = [name.removeprefix("bench_") for name in known]
    if not rest or rest[0] not in names:
        raise SurroundingsError(f"./run bench needs one of these names: {', '.join(names) or '(there are none yet)'}.")
    with data.borrowed(settings) as environment:
        return _child(settings, environment, "-m", f"loadtest.bench_{rest[0]}", *rest[1:])


def _test(settings: Configuration, rest: list[str]) -> int:
    from portal.embedded import testing

    return testing.test(settings.root, rest)


def _check(settings: Configuration, rest: list[str]) -> int:
    from portal.embedded import checks

    return checks.run_all(settings.root, rest)


def _backup(settings: Configuration, rest: list[str]) -> int:
    from portal.embedded import archive

    target = _one_file("backup", rest)
    with data.borrowed(settings) as environment:
        _print_counts(archive.backup(settings, environment, target))
    print(f"written: {target} (keep it safe, it holds the secret key)")
    return 0


def _restore(settings: Configuration, rest: list[str]) -> int:
    from portal.embedded import archive

    source = _one_file("restore", [word for word in rest if word != "--force"])
    with data.borrowed(settings, exclusive=True) as environment:
        _print_counts(archive.restore(settings, environment["DATABASE_URL"], source, force="--force" in rest))
    print(f"restored: {source}")
    return 0


def _srelink(settings: Configuration, rest: list[str]) -> int:
    """Run the client where the user stands; files that it is given are looked for there."""
    own = {"SRELINK_URL": settings.base_url} | os.environ | {"PYTHONPATH": str(settings.root)}
    here = os.environ.get("PORTAL_CALLED_FROM", ".")
    return subprocess.run([sys.executable, "-m", "portal.srelink", *rest], env=own, cwd=here, check=False).returncode


def _one_file(command: str, rest: list[str]) -> Path:
    if len(rest) != 1 or rest[0].startswith("-"):
        raise SurroundingsError(f"./run {command} needs exactly one file name.")
    return Path(os.environ.get("PORTAL_CALLED_FROM", "."), rest[0]).absolute()


def _print_counts(counts: dict[str, int]) -> None:
    for table, count in counts.items():
        if count:
            print(f"{count:>12,}  {table}")


COMMANDS: dict[str, Callable[[Configuration, list[str]], int]] = {
    "serve": _serve,
    "test": _test,
    "check": _check,
    "manage": _manage,
    "demo": _demo,
    "bench": _bench,
    "backup": _backup,
    "srelink": _srelink,
    "restore": _restore,
}
