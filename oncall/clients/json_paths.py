"""Paths of RFC 9535 in what senders post: they are given by users, so none may take for ever."""

import re
from functools import lru_cache
from itertools import islice
from typing import Any

from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError, JSONPathQuery

QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
MOST_OF = {"$": 1, "..": 1, "?": 1, ",": 3}
MOST_FOUND = 501


class Environment(JSONPathEnvironment):
    """JSON paths without `match` and `search`, whose patterns would run on an engine that can take for ever."""

    def setup_function_extensions(self) -> None:
        super().setup_function_extensions()
        for name in ("match", "search"):
            self.function_extensions.pop(name, None)


ENVIRONMENT = Environment()


@lru_cache(maxsize=2000)
def _path(text: str) -> JSONPathQuery:
    return ENVIRONMENT.compile(text)


def path_problem(text: str) -> str:
    """Why `text` is no path, in a sentence; empty when it is one."""
    bare = QUOTED.sub("", text)
    over = next((f"'{sign}' {most}" for sign, most in MOST_OF.items() if bare.count(sign) > most), "")
    if over:
        return f"A path may hold {over} times at most."
    try:
        _path(text)
    except (JSONPathError, ValueError, RecursionError) as error:
        return f"This is no JSON path (RFC 9535): {str(error.args[0] if error.args else error)[:150].rstrip('.')}."
    return ""


def find(path: str, said: Any) -> list[Any]:
    """What a sound path leads to, at most 501 values; nothing where the document does not fit it."""
    try:
        return [node.value for node in islice(_path(path).finditer(said), MOST_FOUND)]
    except (JSONPathError, RecursionError, TypeError):
        return []
