"""How bodies are read: JSON of a bounded size and depth."""

import io
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from portal.lib.errors import TooLarge

DEEPEST = 40
TOO_DEEP = f"JSON parse error - nested deeper than {DEEPEST} levels."


class BoundedJSONParser(JSONParser):
    """Refuses a body over `DATA_UPLOAD_MAX_MEMORY_SIZE` with 413 and one nested too deeply with 400."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge(f"Send at most {limit} bytes.")
        try:
            data = super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        if depth(data) > DEEPEST:
            raise ParseError(TOO_DEEP)
        return data


def depth(data: Any) -> int:
    """How many lists and objects stand inside each other; 0 for a plain value."""
    level, found = [data], 0
    while level := [item for item in level if isinstance(item, list | dict)]:
        level = [child for item in level for child in (item.values() if isinstance(item, dict) else item)]
        found += 1
    return found
