"""Entry point: `srelink`, or `python -m portal.srelink`."""

import sys

from portal.srelink.program import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
