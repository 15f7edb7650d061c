"""What can go wrong, and the exit code of each."""

from collections.abc import Mapping
from typing import Any

OK, REFUSED, USAGE, NOT_FOUND, FORBIDDEN, UNREACHABLE, DENIED, WARNED = range(8)
MEANING = {
    OK: "done",
    REFUSED: "refused: a field is not valid, or something is in conflict with what is stored",
    USAGE: "the command line makes no sense",
    NOT_FOUND: "there is no such thing, or the token may not see it",
    FORBIDDEN: "no token, a wrong one, or one that may not do this",
    UNREACHABLE: "the portal cannot be reached or failed to answer",
    DENIED: "the gate denies the release",
    WARNED: "the gate warns, under --strict",
}
BY_STATUS = {401: FORBIDDEN, 403: FORBIDDEN, 404: NOT_FOUND, 410: NOT_FOUND, 429: UNREACHABLE}
SERVER_ERROR = 500


class Failure(Exception):
    """A sentence for the person at the terminal, an exit code, and the portal's problem document where it sent one."""

    def __init__(self, text: str, *, code: int = REFUSED, problem: Mapping[str, Any] | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.problem = dict(problem or {})


def refused(status: int, problem: Mapping[str, Any]) -> Failure:
    """The failure of an answer of the portal; each field is named with all that is wrong with it."""
    code = UNREACHABLE if status >= SERVER_ERROR else BY_STATUS.get(status, REFUSED)
    lines = [str(problem.get("detail") or problem.get("title") or f"The portal answered {status}.")]
    errors = problem.get("errors")
    if isinstance(errors, Mapping):
        lines += [f"  {name}: {' '.join(map(str, found))}" for name, found in errors.items()]
    if request_id := problem.get("request_id"):
        lines += [f"  (request {request_id})"] if status >= SERVER_ERROR else []
    return Failure("\n".join(lines), code=code, problem=problem)
