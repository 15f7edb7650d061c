"""Servers for one test run: real ones, quick to start, gone afterwards."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from portal.embedded import servers as embedded


@dataclass
class TemporaryServers:
    """A PostgreSQL and a Valkey that trade safety for speed."""

    directory: Path
    database_url: str
    redis_url: str
    running: list[embedded.Running]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop both servers and delete their files."""
        embedded.stop(self.running)
        embedded.remove_files(self.directory)


def servers(directory: Path) -> TemporaryServers:
    """Start both servers with their files in `directory`; usable as a context manager."""
    directory.mkdir(parents=True, exist_ok=True)
    running = embedded.start(directory, durable=False)
    urls = {one.name: one.server.url for one in running}
    return TemporaryServers(directory, database_url=urls["postgres"], redis_url=urls["valkey"], running=running)
