"""IDS for Celery tasks: invocations, durations and successes, and the time that a task waited in its queue."""

import time
from typing import Any

from celery import Task, signals
from prometheus_client import Counter, Histogram

from portal.lib import clocks
from portal.lib.metrics.red import BUCKETS

PUBLISHED = "published_at"

invocations = Counter("portal_task_invocations_total", "Tasks started.", ["task"])
outcomes = Counter("portal_task_outcomes_total", "Tasks ended.", ["task", "outcome"])
durations = Histogram("portal_task_seconds", "Time to run a task.", ["task"], buckets=BUCKETS)
waits = Histogram("portal_task_queue_wait_seconds", "Time between publishing and starting.", ["task"], buckets=BUCKETS)


def stamp(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Marks the message with the time it was published."""
    if headers is not None:
        headers[PUBLISHED] = time.time()


def begin(task: Task[Any, Any] | None = None, **_: Any) -> None:
    """Counts the start and the wait before it."""
    if task is None:
        return
    invocations.labels(task.name).inc()
    vars(task.request)["begun_at"] = time.perf_counter()
    if published := published_at(task):
        waits.labels(task.name).observe(max(0.0, time.time() - published))


def published_at(task: Task[Any, Any]) -> float | None:
    """When the running message was published, as seconds since the epoch; None for a call without a broker."""
    headers = {**(task.request.headers or {}), **vars(task.request)}
    return headers.get(PUBLISHED)


def end(task: Task[Any, Any] | None = None, state: str | None = None, **_: Any) -> None:
    """Counts the end, with success or failure, and the duration."""
    if task is None:
        return
    outcomes.labels(task.name, "success" if state == "SUCCESS" else "failure").inc()
    if state == "SUCCESS":
        clocks.struck(task.name, time.time())
    if begun := vars(task.request).get("begun_at"):
        durations.labels(task.name).observe(time.perf_counter() - begun)


def connect() -> None:
    """Joins the counters to Celery's signals; a second call changes nothing."""
    signals.before_task_publish.connect(stamp, dispatch_uid="portal-ids-stamp")
    signals.task_prerun.connect(begin, dispatch_uid="portal-ids-begin")
    signals.task_postrun.connect(end, dispatch_uid="portal-ids-end")
