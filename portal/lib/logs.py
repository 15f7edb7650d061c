"""Logs as one JSON object a line, with the request id and without secrets."""

import json
import logging
import re
from datetime import UTC, datetime

import structlog

SECRET = re.compile(
    r"(prt_[A-Za-z0-9]{4})[A-Za-z0-9_-]+|(Bearer\s+)\S+|(/ingest/[a-z]+/|/alerts/ack/|/calendar/)[^/\s]+|(://[^:/\s]+:)[^@\s]+(?=@)"
)


def redact(text: str) -> str:
    """`text` with tokens, ingest keys and passwords in URLs cut out."""
    return SECRET.sub(lambda found: next(part for part in found.groups() if part) + "***", text)


class JsonFormatter(logging.Formatter):
    """Formats a record as JSON: time, level, logger, process, message, request id and the traceback if any."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "pid": record.process,
            "message": redact(record.getMessage()),
            **structlog.contextvars.get_contextvars(),
        }
        if record.exc_info:
            entry["traceback"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, default=str)


class QuietProbes(logging.Filter):
    """Keeps the answers to probes out of the log: a portal that is not ready says so to whoever asks."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (isinstance(record.args, tuple) and "/readyz" in record.args)
