"""`python -m shortener.edge`: run a redirect process with settings from the environment."""

import asyncio
import logging
import os
import sys

import uvloop

from shortener.edge import logs
from shortener.edge.config import ConfigError, from_environment
from shortener.edge.server import Edge


async def serve() -> None:
    """Build the edge on the running loop and serve."""
    await Edge(from_environment(os.environ), asyncio.get_running_loop()).serve()


def main() -> int:
    """Exit code 0 after a clean stop, 2 if the surroundings do not allow a start."""
    logs.configure()
    try:
        uvloop.run(serve())
    except ConfigError as error:
        logging.getLogger("shortener.edge").critical(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
