"""Writing many rows with one statement."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection


def execute(statement: str, rows: Sequence[Mapping[str, Any]], *more: Any) -> list[tuple[Any, ...]]:
    """Runs `statement`, whose first parameter is a JSON array for `json_to_recordset`; returns what it RETURNs.

    Durations are written as seconds. Nothing is sent for no rows.
    """
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows, default=_plain), *more])
        return cursor.fetchall() if cursor.description else []


def _plain(value: Any) -> Any:
    return value.total_seconds() if isinstance(value, timedelta) else str(value)
