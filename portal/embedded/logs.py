"""Files the output of each process and shows the lines that matter on the terminal."""

import json
from dataclasses import dataclass, field
from pathlib import Path

LARGEST_BYTES = 50_000_000
MARKS = ("Traceback", "ERROR", "CRITICAL", "FATAL", "PANIC")
LEVELS = {"error", "critical", "fatal"}


@dataclass
class LogTail:
    """Reads what a process wrote since the last look."""

    name: str
    path: Path
    position: int = field(init=False)

    def __post_init__(self) -> None:
        """Start at the present end of the file."""
        self.position = self.path.stat().st_size if self.path.exists() else 0

    def new_lines(self) -> list[str]:
        """The complete lines written since the last call; a file that grew too large is moved aside and begun anew."""
        if not self.path.exists():
            return []
        with self.path.open("rb") as file:
            file.seek(self.position)
            data = file.read()
        complete = data[: data.rfind(b"\n") + 1]
        self.position += len(complete)
        if self.position > LARGEST_BYTES:
            self._rotate()
        return complete.decode(errors="replace").splitlines()

    def _rotate(self) -> None:
        """Keep one old file; the writer holds the file open in append mode, so it is copied and cut to nothing."""
        self.path.with_suffix(".log.1").write_bytes(self.path.read_bytes())
        with self.path.open("r+b") as file:
            file.truncate(0)
        self.position = 0

    def important(self) -> list[str]:
        """The new lines that a person at the terminal should see, with the process's name before them."""
        return [f"{self.name:8} | {shown}" for line in self.new_lines() if (shown := important_part(line))]


def important_part(line: str) -> str:
    """What to show of one log line; nothing of a line that is no error."""
    try:
        record = json.loads(line)
    except ValueError:
        return line.strip() if any(mark in line for mark in MARKS) else ""
    if not isinstance(record, dict) or str(record.get("level", "")).lower() not in LEVELS:
        return ""
    return str(record.get("event") or record.get("message") or line)


def last_words(path: Path, count: int = 3) -> str:
    """The last lines of a log in one line, to say why a process ended."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        lines = [line.strip() for line in file.read().decode(errors="replace").splitlines() if line.strip()]
    return " | ".join(lines[-count:])
