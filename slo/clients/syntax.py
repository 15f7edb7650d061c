"""Patterns (RE2) and JSON paths (RFC 9535) of assertions: both are given by users, so neither may take for ever."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any

import re2
from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError, JSONPathQuery

QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
MOST_OF = {"..": 1, "$": 1, ",": 3}
KEPT = 2000


class Environment(JSONPathEnvironment):
    """JSON paths without `match` and `search`, whose patterns would run on an engine that can take for ever."""

    def setup_function_extensions(self) -> None:
        super().setup_function_extensions()
        for name in ("match", "search"):
            self.function_extensions.pop(name, None)


ENVIRONMENT = Environment()


@lru_cache(maxsize=KEPT)
def _pattern(text: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(text, options=options)


@lru_cache(maxsize=KEPT)
def _path(text: str) -> JSONPathQuery:
    return ENVIRONMENT.compile(text)


def pattern_problem(text: str) -> str:
    """Why `text` is no pattern, in a sentence; empty when it is one."""
    try:
        _pattern(text)
    except re2.error as error:
        return f"This is no pattern (RE2): {_told(error)}."
    return ""


def path_problem(text: str) -> str:
    """Why `text` is no JSON path, in a sentence; empty when it is one."""
    bare = QUOTED.sub("", text)
    for sign, most in MOST_OF.items():  # more of them can multiply what is visited without end
        if bare.count(sign) > most:
            return f"A JSON path may hold '{sign}' {most} time{'s' if most > 1 else ''} at most."
    try:
        _path(text)
    except (JSONPathError, ValueError, RecursionError) as error:
        return f"This is no JSON path (RFC 9535): {_told(error)}."
    return ""


def _told(error: Exception) -> str:
    text = error.args[0] if error.args else type(error).__name__
    return (text.decode(errors="replace") if isinstance(text, bytes) else str(text))[:150].rstrip(".")


def search(pattern: str, text: str) -> bool:
    """Whether `pattern` is found anywhere in `text`."""
    return bool(_pattern(pattern).search(text))


def end_of(pattern: str, text: str) -> int | None:
    """Where the first match of `pattern` ends in `text`, None when there is none."""
    found = _pattern(pattern).search(text)
    return None if found is None else int(found.end())


def captured(pattern: str, text: str) -> str | None:
    """The first group of `pattern` in `text`, or all that was found where it has none; None when it was not."""
    found = _pattern(pattern).search(text)
    if found is None:
        return None
    return str((found.group(1) if found.re.groups else found.group(0)) or "")


def json_values(path: str, body: bytes) -> list[Any]:
    """What `path` leads to in a body of JSON, numbers exact; nothing where the body is none."""
    with suppress(ValueError, RecursionError, JSONPathError, ArithmeticError):
        return list(_path(path).find(json.loads(body, parse_float=Decimal)).values())
    return []


SYNTAX: Mapping[str, Callable[[str], str]] = {"regex": pattern_problem, "json_path": path_problem}
