"""Clicks by a dimension: where visitors come from and what with, from the daily roll-ups."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf.locale import LANG_INFO
from django.db import connection

from portal.lib.times import Span
from shortener.domain import countries
from shortener.selectors.stats import Clicks
from shortener.selectors.subjects import Subject

DIMENSIONS = ("country", "referrer", "device", "os", "browser", "language", "rule")
SHOWN = 10
OTHER = "other"
TAG_LINKS, TAG_DAYS = 20, timedelta(days=30)
MOST_FOLLOWED = "SELECT link_id FROM shortener_linktotal WHERE link_id IN ({links}) ORDER BY people DESC LIMIT %s"
RANKED = """
SELECT dimension, value, people, bots, all_people, all_bots FROM (
    SELECT dimension, value, sum(people)::bigint AS people, sum(bots)::bigint AS bots,
        row_number() OVER (PARTITION BY dimension ORDER BY sum(people) DESC, sum(bots) DESC, value) AS rank,
        sum(sum(people)) OVER (PARTITION BY dimension)::bigint AS all_people,
        sum(sum(bots)) OVER (PARTITION BY dimension)::bigint AS all_bots
    FROM {table} WHERE {where} AND day >= %s AND day <= %s GROUP BY dimension, value
) ranked WHERE rank <= %s ORDER BY dimension, rank
"""


@dataclass(frozen=True, slots=True)
class FacetRow:
    """The clicks of one value; `share` is its part of the clicks by people of the dimension, 0..1.

    An empty value means that the visitor did not tell; `label` is the value as people read it.
    """

    value: str
    clicks: Clicks
    label: str = ""
    share: float = 0.0

    @property
    def percent(self) -> float:
        return round(self.share * 100, 1)


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one dimension with the most clicks by people, and all clicks of the dimension."""

    rows: Sequence[FacetRow] = ()
    total: Clicks = field(default_factory=Clicks)

    @property
    def rest(self) -> Clicks:
        """The clicks of the values that are not among the rows."""
        people = sum(row.clicks.people for row in self.rows)
        bots = sum(row.clicks.bots for row in self.rows)
        return Clicks(self.total.people - people, self.total.bots - bots)


def facets(subject: Subject, span: Span, *, limit: int = SHOWN, is_exact: bool = True) -> dict[str, Facet]:
    """Every dimension over the UTC days that the span touches, in one query; without `is_exact` as `days` says."""
    where, params = _where(subject, is_exact=is_exact)
    table = "shortener_scopefacet" if subject.has_roll_ups else "shortener_clickfacet"
    first, last = days(subject, span, is_exact=is_exact)
    found: dict[str, list[FacetRow]] = {name: [] for name in DIMENSIONS}
    totals: dict[str, Clicks] = {}
    with connection.cursor() as cursor:
        cursor.execute(RANKED.format(table=table, where=where), [*params, first, last, limit])
        for name, value, people, bots, all_people, all_bots in cursor.fetchall():
            share = people / all_people if all_people else 0.0
            row = FacetRow(value, Clicks(people, bots), label_of(name, value, subject.rules), share)
            found.setdefault(name, []).append(row)
            totals[name] = Clicks(all_people, all_bots)
    return {name: Facet(rows, totals.get(name, Clicks())) for name, rows in found.items()}


def days(subject: Subject, span: Span, *, is_exact: bool) -> tuple[date, date]:
    """The first and the last UTC day that are counted; of a tag, without `is_exact`, at most the last 31."""
    first, last = span.start.date(), (span.end - timedelta(microseconds=1)).date()
    return (first if is_exact or subject.kind != "tag" else max(first, last - TAG_DAYS)), last


def label_of(dimension: str, value: str, rules: Mapping[int, str]) -> str:
    """The value as people read it: countries, languages and rules by name; empty for what was not told."""
    if value in {"", "unknown"}:
        return ""
    labels: dict[str, Callable[[str], str]] = {
        "country": countries.name,
        "language": _language_label,
        "device": str.capitalize,
        "rule": lambda rule: _rule_label(rule, rules),
    }
    return labels.get(dimension, str)(value)


def _language_label(code: str) -> str:
    known = LANG_INFO.get(code.lower(), {}).get("name")
    return f"{known} ({code})" if known else code


def _rule_label(value: str, rules: Mapping[int, str]) -> str:
    number, _, variant = value.partition(".")
    if not number.isdigit():
        return value
    name = rules.get(int(number), f"Rule {number} (removed)")
    return f"{name}, variant {variant}" if variant else name


def _where(subject: Subject, *, is_exact: bool) -> tuple[str, list[Any]]:
    if subject.has_roll_ups:
        return "scope = %s AND scope_id = %s", [subject.kind, subject.pk]
    if subject.kind == "link":
        return "link_id = %s", [subject.pk]
    sql, params = subject.links.query.sql_with_params()
    if is_exact:
        return f"link_id = ANY(ARRAY({sql}))", list(params)
    return f"link_id = ANY(ARRAY({MOST_FOLLOWED.format(links=sql)}))", [*params, TAG_LINKS]
