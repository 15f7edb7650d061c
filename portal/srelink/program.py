"""From the command line to an exit code."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from portal.srelink import account_commands, arguments, configuration
from portal.srelink.client import Client
from portal.srelink.display import as_json
from portal.srelink.failures import USAGE, Failure

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; every failure is a sentence on the standard error and the exit code that it stands for."""
    given = arguments.parser().parse_args(argv)
    try:
        return _run(given)
    except Failure as failure:
        _tell(failure, is_json=given.json)
        return failure.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        sys.stderr.write(f"srelink: {error}\n")
        return USAGE


def _run(given: Namespace) -> int:
    if given.command == "login":
        return account_commands.login(given)
    settings = configuration.read(os.environ, url=given.url)
    code = int(given.run(Client(settings, timeout=given.timeout), given))
    sys.stdout.flush()
    return code


def _tell(failure: Failure, *, is_json: bool) -> None:
    told = as_json(failure.problem or {"detail": str(failure)}) if is_json else f"srelink: {failure}"
    sys.stderr.write(f"{told}\n")
