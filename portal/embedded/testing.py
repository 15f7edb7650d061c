"""`./run test`: the tools that only Debian has, all checks, all tests."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from portal.embedded import checks, tools

PYTEST = ("-m", "pytest", "-n", "2", "--dist", "loadgroup")


def test(root: Path, arguments: Sequence[str]) -> int:
    """Run everything; arguments that select tests (anything but options) leave the checks out.

    With PORTAL_REQUIRE_ALL nothing may be left out: a missing tool is an error.
    """
    left = tools.ensure(require_all=bool(os.environ.get("PORTAL_REQUIRE_ALL")))
    selected = any(not argument.startswith("-") for argument in arguments)
    checked = 0 if selected else checks.run_all(root)
    tested = subprocess.run([sys.executable, *PYTEST, *arguments], cwd=root, check=False).returncode
    if left:
        print(tools.sentence(left), flush=True)
    if checked:
        print("./run check failed, see above", flush=True)
    return tested or checked
