"""SLIs that people make by hand: pushed counts, and queries of a Prometheus. Those of probes come with their probe."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.domain import prometheus_settings
from slo.domain.windows import DAY, HOUR, MINUTE, floor_to
from slo.models import PrometheusFeed, PrometheusServer, Sli

MOST_BACKFILL_DAYS = 90
MOST_MINUTES = 5
LONGEST_NAME = 120


def shown(sli: Sli) -> dict[str, Any]:
    """The facts of an SLI, for the audit log and for forms."""
    return {
        "name": sli.name,
        "kind": sli.kind,
        "settings": sli.settings,
        "every": sli.every,
        "watches_volume": sli.watches_volume,
    }


@transaction.atomic
def create_push_sli(*, actor: Actor, service: Service, name: str, now: datetime, watches_volume: bool = False) -> Sli:
    """Adds an SLI that programs push counts to. Minutes that nobody pushes are unmeasured."""
    _refuse(_name_problem(name))
    sli = Sli.objects.create(
        service=service, name=name, kind="push", watches_volume=watches_volume, started_at=now, created_at=now
    )
    audit.record(actor=actor, action="sli.created", target=sli, after=shown(sli), now=now)
    return sli


@transaction.atomic
def create_prometheus_sli(
    *,
    actor: Actor,
    service: Service,
    server: PrometheusServer,
    name: str,
    settings: Mapping[str, Any],
    now: datetime,
    every_minutes: int = 1,
    backfill_days: int = 0,
    watches_volume: bool = False,
) -> Sli:
    """Adds an SLI that is read from `server`, from the current hour on and `backfill_days` back, hour by hour."""
    chosen = _cleaned(settings, server)
    days = {} if 0 <= backfill_days <= MOST_BACKFILL_DAYS else {"backfill_days": "Choose from 0 to 90 days."}
    _refuse(_name_problem(name) | _server_problem(service, server) | _problems(chosen, every_minutes) | days)
    begin = floor_to(now, HOUR) if backfill_days else floor_to(now, MINUTE)
    sli = Sli.objects.create(
        service=service,
        name=name,
        kind="prometheus",
        settings=chosen,
        every=every_minutes * MINUTE,
        watches_volume=watches_volume,
        started_at=begin,
        counted_until=begin,
        created_at=now,
    )
    past = begin - backfill_days * DAY if backfill_days else None
    PrometheusFeed.objects.create(sli=sli, server=server, next_read_at=now, minutes_from=begin, backfill_at=past)
    audit.record(actor=actor, action="sli.created", target=sli, after=shown(sli), now=now)
    return sli


@transaction.atomic
def update_sli(*, actor: Actor, sli: Sli, facts: Mapping[str, Any], now: datetime) -> Sli:
    """Renames an SLI, switches the watch over its volume, and lets one of Prometheus ask otherwise from now on.

    What was counted stays; what was not read yet, the rest of its past included, is asked the new way.
    """
    kept = Sli.objects.select_for_update().get(pk=sli.pk)
    before = shown(kept)
    kept.name = facts.get("name", kept.name)
    kept.watches_volume = facts.get("watches_volume", kept.watches_volume)
    _refuse(_name_problem(kept.name))
    if {"settings", "server", "every_minutes"} & set(facts):
        _ask_otherwise(kept, facts, now)
    if shown(kept) != before:
        kept.save(update_fields=["name", "watches_volume", "settings", "every", "problem"])
        audit.record(actor=actor, action="sli.updated", target=kept, before=before, after=shown(kept), now=now)
    return kept


def _ask_otherwise(sli: Sli, facts: Mapping[str, Any], now: datetime) -> None:
    if sli.kind != "prometheus":
        raise Invalid(fields={"settings": ["Only an SLI of Prometheus has settings."]})
    feed = PrometheusFeed.objects.select_for_update().select_related("server").get(sli=sli)
    server = facts.get("server", feed.server)
    every_minutes = facts.get("every_minutes", sli.every // MINUTE)
    chosen = _cleaned(facts.get("settings", sli.settings), server)
    _refuse(_server_problem(sli.service, server) | _problems(chosen, every_minutes))
    if chosen == sli.settings and every_minutes * MINUTE == sli.every:
        return
    sli.settings, sli.every, sli.problem = chosen, every_minutes * MINUTE, ""
    feed.server, feed.next_read_at, feed.failures = server, now, 0
    if feed.backfill_at is None:
        feed.minutes_from = max(feed.minutes_from, sli.counted_until or feed.minutes_from)
    feed.save()


def _cleaned(settings: Mapping[str, Any], server: PrometheusServer) -> dict[str, Any]:
    """The settings without empty ones, with the server's id as programs name it."""
    return prometheus_settings.cleaned(settings) | {"server": server.public_id}


def _name_problem(name: str) -> dict[str, str]:
    is_good = name.strip() and len(name) <= LONGEST_NAME
    return {} if is_good else {"name": "Give a name of at most 120 characters."}


def _server_problem(service: Service, server: PrometheusServer) -> dict[str, str]:
    same = server.team_id == service.team_id
    return {} if same else {"server": "The server belongs to another team than the service."}


def _problems(chosen: Mapping[str, Any], every_minutes: int) -> dict[str, str]:
    found = prometheus_settings.problems(chosen)
    if not 1 <= every_minutes <= MOST_MINUTES:
        found["every_minutes"] = "Choose from 1 to 5 minutes."
    return found


def _refuse(problems: Mapping[str, str]) -> None:
    if problems:
        raise Invalid(fields={name: [problem] for name, problem in problems.items()})
