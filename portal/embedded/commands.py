"""Runs several commands of manage.py in one Python process, because starting Django costs more than most of them."""

import runpy
import sys
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"


def run(lines: list[str]) -> None:
    """Run each line as arguments of manage.py, and end at the first that fails."""
    for line in lines:
        sys.argv = [str(MANAGE), *line.split()]
        runpy.run_path(str(MANAGE), run_name="__main__")


if __name__ == "__main__":
    run(sys.argv[1:])
