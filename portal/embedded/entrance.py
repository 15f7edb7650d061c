"""The step from any Python into the virtual environment. Standard library only."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from portal.embedded import dotenv, installation
from portal.embedded.errors import SurroundingsError


def enter(root: str, argv: Sequence[str], with_tools: Sequence[str]) -> int:
    """Set up what this command needs and become it; an unfit surrounding is one sentence and exit code 2."""
    home = Path(root)
    try:
        for name, value in dotenv.read(home / ".env").items():
            os.environ.setdefault(name, value)
        kind = "all" if argv and argv[0] in with_tools else "serve"
        python = installation.ensure(home, kind)
    except SurroundingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    os.chdir(home)
    os.execv(python, [str(python), "-m", "portal.embedded", *argv])
