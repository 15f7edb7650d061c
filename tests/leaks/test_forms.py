"""Every form takes nothing, nonsense and malice with an answer: never a defect, and never a script in the page."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.leaks.pages import Filled, content
from tests.leaks.routes import Route, routes
from tests.leaks.secret import Secret

SCRIPT = "<script>alert(1)</script>"
MARKS = [SCRIPT, "{{7*7}}", "\U0001f525\u202e", "x" * 10_000]
NUMBERS = ["1e309", "-1", "99999999999999999999", "NaN", "\u0661"]
DATES = ["9999-99-99", "0000-00-00", "9999-12-31T23:59", "24:61"]
HOSTILE = [*MARKS, *NUMBERS, *DATES]
SENT: dict[str, Callable[[int], str]] = {
    "a mixture": lambda place: HOSTILE[place % len(HOSTILE)],
    "a script": lambda _: SCRIPT,
    "nothing": lambda _: "",
}
SELF = {"session_end"}


@pytest.mark.parametrize(("kind", "value"), SENT.items())
def test_every_form_answers_whatever_is_sent(
    secret: Secret, visitor: Callable[..., Any], kind: str, value: Callable[[int], str]
) -> None:
    client = visitor(secret.root)
    pages = [(route, fields(client, route)) for route in routes(secret) if not route.is_api and route.name not in SELF]
    sent = [(route, {name: value(place) for place, name in enumerate(names)}) for route, names in pages]
    assert [(kind, fault) for route, values in sent for fault in faults(client, route, values)] == []


def fields(client: Any, route: Route) -> list[str]:
    """The names of the fields that the page of a route shows; `q` where it shows none."""
    return sorted(Filled(content(client.get(route.path)).decode(errors="replace")).values) or ["q"]


def faults(client: Any, route: Route, values: dict[str, str]) -> list[str]:
    """What is wrong with the answer to a POST, or to a GET where a page only shows."""
    answer = client.post(route.path, values)
    answer = client.get(route.path, values) if answer.status_code == 405 else answer
    defects = [f"{route.name} answers {answer.status_code}"] * (answer.status_code >= 500)
    return defects + [f"{route.name} shows a script"] * (SCRIPT.encode() in content(answer))
