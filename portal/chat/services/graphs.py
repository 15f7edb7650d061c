"""Graphs for the chat: a question becomes an address that shows its picture for a while."""

import difflib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.selectors import actors, people
from portal.catalog import selectors as catalog
from portal.chat.domain.commands import Command
from portal.chat.domain.replies import Reply, plain
from portal.chat.services.asker import Asker
from portal.lib.charts import png
from portal.lib.errors import Gone, Invalid
from slo.domain.queries import LASTS, MEASURES, InvalidQuery, Query, query_of
from slo.selectors import objectives, queries
from slo.selectors.query_charts import chart_of

SALT = "portal.chat.graphs"
LIFETIME = timedelta(days=7)
WHOLE = "error_ratio"
RANGE = re.compile(r"\d{1,4}[mhdw]", re.ASCII | re.IGNORECASE)
MOST = 500


@dataclass(frozen=True, slots=True)
class Graph:
    """A checked question over fixed instants, asked by a person who may see its answer."""

    asked: dict[str, str]
    query: Query
    user_id: int


def graph(asker: Asker, command: Command) -> Reply:
    """A picture of a series over a range, which stays the same when it is opened later."""
    words = list(command.words)
    last = words.pop() if words and RANGE.fullmatch(words[-1]) else "24h"
    if last.casefold() not in LASTS:
        raise Invalid(f"{plain(last)} is no range. Ranges: {', '.join(LASTS)}.")
    if not words:
        raise Invalid(f"Say what: `graph checkout 24h`. Measures: {', '.join(MEASURES)}.")
    asked = _question(asker, " ".join(words)) | {"last": last.casefold()}
    query = _checked(asked, asker.now)
    if not any(value is not None for _, values in queries.answer(asker.actor, query).lines for value in values):
        return Reply(
            f"Nothing was measured for {plain(query.title)} in the last {last}. {_near(asker, words[-1])}".strip()
        )
    span = {"from": query.start.isoformat(), "until": query.end.isoformat()}
    fixed = {name: value for name, value in asked.items() if name != "last"} | span
    token = signing.dumps([asker.user.pk, fixed], salt=SALT, compress=True)
    address = f"{settings.PORTAL_BASE_URL}{reverse('chat_graph', args=[token])}"
    return Reply(plain(query.title), is_public=True, image_url=address, image_title=plain(query.title))


def graph_of(token: str, *, now: datetime) -> Graph:
    """The question in an address of ours that is younger than a week, while its asker is active; else Gone."""
    try:
        user_id, asked = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature as error:
        raise Gone("This picture is too old; ask the chat for another one.") from error
    return Graph(asked, _checked(asked, now), user_id)


def picture(found: Graph) -> bytes:
    """The graph as PNG, with what its asker may see now."""
    user: User | None = people.users_by_id([found.user_id]).get(found.user_id)
    if user is None or not user.is_active:
        raise Gone("Whoever asked for this picture has left.")
    answer = queries.answer(actors.actor_for_user(user), found.query)
    return png(chart_of(answer), ZoneInfo(user.time_zone))


def _question(asker: Asker, words: str) -> dict[str, str]:
    """A kept query by its name, a measure with an optional place, or the bad share of a service, SLO, SLI or probe."""
    wanted = words.casefold()
    for saved in queries.saved_queries(asker.actor):
        if saved.name.casefold() == wanted:
            kept = {str(name): str(value) for name, value in saved.asked.items()}
            return {name: value for name, value in kept.items() if name not in {"last", "from", "until"}}
    first, _, behind = words.partition(" ")
    measure, _, way = first.casefold().partition(":")
    if measure in MEASURES:
        chosen = {"measure": measure} | ({"way": way} if way else {})
        return chosen | (_where(asker, behind.strip()) if behind.strip() else {"by": "service"})
    return {"measure": WHOLE} | _where(asker, words)


def _where(asker: Asker, words: str) -> dict[str, str]:
    wanted = words.casefold()
    for service in catalog.services(asker.actor):
        if wanted in {service.slug.casefold(), service.name.casefold()}:
            return {"service": service.slug}
    slo = objectives.slos(asker.actor).filter(name__iexact=words).first()
    return {"name": slo.sli.name if slo is not None else words}


def _near(asker: Asker, words: str) -> str:
    """What is called nearly so and can be drawn; nothing where nothing is."""
    names = [one.slug for one in catalog.services(asker.actor)]
    names += [name for name in objectives.slos(asker.actor).values_list("name", flat=True)[:MOST] if name not in names]
    near = difflib.get_close_matches(words.casefold(), names, n=3)
    return f"Did you mean {', '.join(plain(one) for one in near if one != words)}?" if set(near) - {words} else ""


def _checked(asked: dict[str, Any], now: datetime) -> Query:
    given = dict(asked)
    for edge in ("from", "until"):
        if edge in given:
            given[edge] = datetime.fromisoformat(given[edge])
    try:
        return query_of(given, now=now)
    except InvalidQuery as error:
        raise Invalid(" ".join(error.problems.values())) from error
