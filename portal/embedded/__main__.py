"""The commands of `./run`, inside the virtual environment."""

import sys

from portal.embedded.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
