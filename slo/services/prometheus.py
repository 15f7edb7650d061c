"""Reading SLIs from Prometheus: each once a minute, a second look at the last minutes, and the past hour by hour.

A tick claims what is due by moving `next_read_at` ahead, asks all servers at once outside any transaction, and stores
each answer in a transaction of its own. Counts are set, never added, so that two ticks that overlap do no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from slo.clients import prometheus as client
from slo.domain.budgets import Counts, ImpossibleCounts
from slo.domain.grids import phase_of
from slo.domain.prometheus import Pairs, asks, counted, silent
from slo.domain.windows import HOUR, MINUTE, floor_to, watermark
from slo.models import PrometheusFeed, PrometheusServer, Sli
from slo.services import counts, history
from slo.services.prometheus_servers import access_of

LOOK_BACK = timedelta(minutes=5)
REACH = timedelta(days=2)
AT_ONCE = timedelta(hours=2)
BACKFILL_AT_ONCE = timedelta(hours=12)
BATCH = 500
LEASE = timedelta(seconds=90)
SPREAD = timedelta(seconds=20)
PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=5)
SEEN_EVERY = timedelta(minutes=1)
PROBLEM = 300


@dataclass(frozen=True, slots=True)
class Job:
    """One span of one SLI that is read now: minutes, or hours of the past."""

    feed: PrometheusFeed
    start: datetime
    end: datetime
    is_past: bool = False


def read_due(*, now: datetime) -> int:
    """Reads what is due up to the watermark, and a piece of each past that is still to be filled in.

    Returns how many minutes and hours were written. What fails says why on its SLI, and is tried again.
    """
    jobs = [job for feed in _claim(now) for job in _jobs(feed, now)]
    answers = _answers(jobs)
    _tell_servers(jobs, answers, now)
    return sum(_store(job, answer, now) for job, answer in zip(jobs, answers, strict=True))


def preview(*, server: PrometheusServer, settings: dict[str, str], start: datetime, end: datetime) -> Pairs:
    """What the settings count in each minute of `[start, end)`, without storing anything. PrometheusError."""
    request = client.Request(access_of(server), asks(settings), start, end)
    answer = client.read([request])[0]
    if isinstance(answer, client.PrometheusError):
        raise answer
    problem = silent(answer, settings)
    if problem:
        raise client.PrometheusError(problem)
    return counted(settings, answer, start, end)


@transaction.atomic
def _claim(now: datetime) -> list[PrometheusFeed]:
    due = PrometheusFeed.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_read_at__lte=now)
    feeds = list(due.select_related("sli", "server").order_by("next_read_at")[:BATCH])
    PrometheusFeed.objects.filter(pk__in=[feed.pk for feed in feeds]).update(next_read_at=now + LEASE)
    return feeds


def _jobs(feed: PrometheusFeed, now: datetime) -> list[Job]:
    """The minutes that are due, five of them for the second time, and the next hours of the past, the oldest first."""
    end = watermark(now)
    reached = feed.sli.counted_until or feed.minutes_from
    start = max(reached - LOOK_BACK, feed.minutes_from, end - REACH)
    jobs = [Job(feed, start, min(end, max(reached, start) + AT_ONCE))] if start < end else []
    if feed.backfill_at is not None:
        past_end = min(feed.backfill_at + BACKFILL_AT_ONCE, feed.minutes_from)
        jobs.append(Job(feed, feed.backfill_at, past_end, is_past=True))
    return jobs


def _answers(jobs: Sequence[Job]) -> list[client.Answer]:
    """What the servers say to each job, in order."""
    accesses: dict[int, client.Access | client.PrometheusError] = {}
    for job in jobs:
        if job.feed.server_id not in accesses:
            accesses[job.feed.server_id] = _access(job.feed.server)
    found = [accesses[job.feed.server_id] for job in jobs]
    requests = [
        client.Request(access, asks(job.feed.sli.settings), job.start, job.end)
        for job, access in zip(jobs, found, strict=True)
        if isinstance(access, client.Access)
    ]
    told = iter(client.read(requests))
    return [access if isinstance(access, client.PrometheusError) else next(told) for access in found]


def _access(server: PrometheusServer) -> client.Access | client.PrometheusError:
    try:
        return access_of(server)
    except client.PrometheusError as error:
        return error


def _store(job: Job, answer: client.Answer, now: datetime) -> int:
    if isinstance(answer, client.PrometheusError):
        small = job.is_past and not answer.is_down and job.end - job.start > HOUR
        return _store_one_hour(job, now) if small else _give_up(job, answer, now)
    settings = job.feed.sli.settings
    write = partial(_write_hours if job.is_past else _write_minutes, job, counted(settings, answer, job.start, job.end))
    return write("" if job.is_past else silent(answer, settings), now)


def _store_one_hour(job: Job, now: datetime) -> int:
    """A past that cannot be read in one piece is read an hour at a time."""
    hour = replace(job, end=job.start + HOUR)
    return _store(hour, _answers([hour])[0], now)


def _give_up(job: Job, error: client.PrometheusError, now: datetime) -> int:
    """An hour of the past that can never be read is left out; anything else is tried again."""
    written = _write_hours(job, {}, "", now) if job.is_past and error.permanent and not error.is_down else 0
    return written + _fail(job.feed, error.reason, now)


@transaction.atomic
def _fail(feed: PrometheusFeed, reason: str, now: datetime) -> int:
    """Says why on the SLI and waits a little longer each time; what was not read stays due."""
    kept = PrometheusFeed.objects.select_for_update().get(pk=feed.pk)
    kept.failures += 1
    kept.next_read_at = now + min(PAUSE * 2 ** min(kept.failures - 1, 8), LONGEST_PAUSE)
    kept.save(update_fields=["failures", "next_read_at"])
    Sli.objects.filter(pk=feed.sli_id).update(problem=reason[:PROBLEM])
    return 0


@transaction.atomic
def _write_minutes(job: Job, pairs: Pairs, problem: str, now: datetime) -> int:
    feed = PrometheusFeed.objects.select_for_update().get(pk=job.feed.pk)
    sli = Sli.objects.select_for_update().get(pk=feed.sli_id)
    sli.counted_until, sli.problem = max(sli.counted_until or job.end, job.end), problem
    sli.save(update_fields=["counted_until", "problem"])
    is_behind = sli.counted_until < watermark(now) or feed.backfill_at is not None
    feed.failures, feed.next_read_at = 0, now if is_behind else _next_read(feed, now)
    feed.save(update_fields=["failures", "next_read_at"])
    rows = [counts.MinuteRow(sli.pk, minute, good, total) for minute, (good, total) in pairs.items()]
    return counts.set_minutes(rows, now=now)


def _next_read(feed: PrometheusFeed, now: datetime) -> datetime:
    """Soon after the next minute closes, each feed at a moment of its own."""
    return floor_to(now, MINUTE) + MINUTE + phase_of(str(feed.pk), SPREAD)


@transaction.atomic
def _write_hours(job: Job, pairs: Pairs, _problem: str, now: datetime) -> int:
    """Fills in past hours and moves the cursor on; hours in which nothing was measured are left out."""
    feed = PrometheusFeed.objects.select_for_update().select_related("sli").get(pk=job.feed.pk)
    if feed.backfill_at != job.start:
        return 0
    feed.backfill_at = None if job.end >= feed.minutes_from else job.end
    feed.save(update_fields=["backfill_at"])
    hours = _hours(pairs)
    history.set_hours(sli=feed.sli, hours=hours, now=now)
    return len(hours)


def _hours(pairs: Pairs) -> list[history.HourRow]:
    sums: dict[datetime, Counts] = {}
    for minute, (good, total) in pairs.items():
        hour = floor_to(minute, HOUR)
        try:
            sums[hour] = sums.get(hour, Counts()) + Counts(good, total, 1)
        except ImpossibleCounts:
            continue
    return [history.HourRow(hour, found) for hour, found in sums.items()]


def _tell_servers(jobs: Sequence[Job], answers: Sequence[client.Answer], now: datetime) -> None:
    """Keeps on each server whether it answers, written when that changed or once a minute."""
    down: dict[int, str] = {}
    servers = {job.feed.server_id: job.feed.server for job in jobs}
    for job, answer in zip(jobs, answers, strict=True):
        if isinstance(answer, client.PrometheusError) and answer.is_down:
            down[job.feed.server_id] = answer.reason[:PROBLEM]
    for pk, server in servers.items():
        problem = down.get(pk, "")
        is_old = server.answered_at is None or now - server.answered_at >= SEEN_EVERY
        if problem != server.problem or (not problem and is_old):
            seen = {} if problem else {"answered_at": now}
            PrometheusServer.objects.filter(pk=pk).update(problem=problem, **seen)
