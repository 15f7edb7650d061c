"""Every form takes nothing, nonsense and malice with an answer: never a defect, and never a script in the page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.leaks.pages import Filled, content
from tests.leaks.routes import OURS, Route, routes
from tests.leaks.secret import Secret

pytestmark = pytest.mark.xdist_group("leaks_forms")  # ten seconds a test: never the last ones of a run

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


@pytest.mark.parametrize("app", OURS)
def test_every_form_answers_whatever_is_sent(secret: Secret, visitor: Callable[..., Any], app: str) -> None:
    client = visitor(secret.root)
    pages = [(route, fields(client, route)) for route in routes(secret) if is_page_of(app, route)]
    assert [(kind, fault) for kind in SENT for fault in answered(client, pages, SENT[kind])] == []


def is_page_of(app: str, route: Route) -> bool:
    """Whether a page belongs to an app, and leaves the visitor signed in."""
    return not route.is_api and route.name not in SELF and route.view.__module__.split(".")[0] == app


def answered(client: Any, pages: list[tuple[Route, list[str]]], value: Callable[[int], str]) -> list[str]:
    """What is wrong with the answers of all pages to one kind of value; all is then as it was before."""
    with transaction.atomic():
        sent = [(route, {name: value(place) for place, name in enumerate(names)}) for route, names in pages]
        found = [fault for route, values in sent for fault in faults(client, route, values)]
        transaction.set_rollback(True)
    cache.clear()
    return found


def fields(client: Any, route: Route) -> list[str]:
    """The names of the fields that the page of a route shows; `q` where it shows none."""
    return sorted(Filled(content(client.get(route.path)).decode(errors="replace")).values) or ["q"]


def faults(client: Any, route: Route, values: dict[str, str]) -> list[str]:
    """What is wrong with the answer to a POST, or to a GET where a page only shows."""
    answer = client.post(route.path, values)
    answer = client.get(route.path, values) if answer.status_code == 405 else answer
    defects = [f"{route.name} answers {answer.status_code}"] * (answer.status_code >= 500)
    return defects + [f"{route.name} shows a script"] * (SCRIPT.encode() in content(answer))
