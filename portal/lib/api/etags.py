"""ETag and If-Match over the `version` column of a row."""

import re

from rest_framework.request import Request

from portal.lib.errors import Invalid

TAG = re.compile(r'(?:W/)?"(\d{1,9})"')


def etag(version: int) -> str:
    """The strong tag of a version."""
    return f'"{version}"'


def expected_version(request: Request) -> int | None:
    """The version that the caller saw, from If-Match; None when any will do, 422 when the header is malformed."""
    given = request.headers.get("If-Match", "*").strip()
    if given == "*":
        return None
    found = TAG.fullmatch(given)
    if found is None:
        raise Invalid(fields={"If-Match": ['Send the ETag of the object, such as "3".']})
    return int(found[1])
