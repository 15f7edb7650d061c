"""The step from any Python into the virtual environment. Standard library only."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from portal.embedded import dotenv, installation
from portal.embedded.exceptions import SurroundingsError


def enter(root: str, argv: Sequence[str], with_tools: Sequence[str]) -> int:
    """Set up what this command needs and become it; an unfit surrounding is one sentence and exit code 2."""
    home = Path(root)
    try:
        kind = "all" if argv and argv[0] in with_tools else "serve"
        for name, value in (
            dotenv.read(home / os.environ.get("PORTAL_ENV_FILE", ".env")).items() if kind == "serve" else ()
        ):
            os.environ.setdefault(name, value)
        _become(home, installation.ensure(home, kind), argv)
    except SurroundingsError as error:
        sys.stderr.write(f"{error}\n")
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
    return 2


def _become(home: Path, python: Path, argv: Sequence[str]) -> NoReturn:
    os.environ["PORTAL_CALLED_FROM"] = str(Path.cwd())
    os.chdir(home)
    os.execv(python, [str(python), "-m", "portal.embedded", *argv])
