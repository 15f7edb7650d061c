import json
import logging
import sys

import pytest
import structlog

from portal.lib.logs import JsonFormatter, QuietProbes, redact


def record(message: str, exc_info: bool = False) -> logging.LogRecord:
    return logging.LogRecord("slo", logging.INFO, "f.py", 1, message, (), sys.exc_info() if exc_info else None)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Bearer abc.def", "Bearer ***"),
        ("token prt_abcdefgh12345678_secret", "token prt_abcd***"),
        ("POST /ingest/json/SECRETKEY/ 202", "POST /ingest/json/***/ 202"),
        ("Service Unavailable: /ingest/alertmanager/SECRETKEY/", "Service Unavailable: /ingest/alertmanager/***/"),
        ("Not Found: /alerts/ack/WyJwYWci:1x:ab/", "Not Found: /alerts/ack/***/"),
        ("Not Found: /calendar/Zm9vYmFy-baz.ics", "Not Found: /calendar/***"),
        ("postgresql://portal:hunter2@host/db", "postgresql://portal:***@host/db"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_secrets_are_cut_out(text: str, clean: str) -> None:
    assert redact(text) == clean


def test_a_line_is_one_json_object() -> None:
    entry = json.loads(JsonFormatter().format(record("line one\nline two")))
    assert (entry["level"], entry["logger"], entry["message"]) == ("info", "slo", "line one\nline two")


def test_the_request_id_is_on_every_line_of_its_request() -> None:
    with structlog.contextvars.bound_contextvars(request_id="req_1"):
        assert json.loads(JsonFormatter().format(record("x")))["request_id"] == "req_1"


def test_a_traceback_is_kept_without_its_secrets() -> None:
    try:
        int("Bearer abc")
    except ValueError:
        entry = json.loads(JsonFormatter().format(record("x", exc_info=True)))
    assert "Bearer ***" in entry["traceback"]


@pytest.mark.parametrize(("path", "is_kept"), [("/readyz", False), ("/links/", True)])
def test_only_the_answers_to_probes_are_left_out(path: str, is_kept: bool) -> None:
    line = logging.LogRecord("django.request", logging.ERROR, "f.py", 1, "%s: %s", ("Unavailable", path), None)
    assert QuietProbes().filter(line) is is_kept
