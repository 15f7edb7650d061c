"""The work of an import: chunks of rows, each with its links, entries, events, visits and cursor in one transaction.

1. A tick takes a due job by a conditional UPDATE of its lease.
2. Each chunk locks the job, and stops when it was cancelled or another tick holds it.
3. The chunk's links, everything that hangs on them, and the cursor behind its rows are committed together, so that a
   worker that dies leaves whole chunks only; when the lease has run out, the next tick goes on at the cursor.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Q

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import DomainError
from shortener.domain.importing import values
from shortener.domain.importing.records import Record
from shortener.models import ImportJob, ImportRowError, Quota
from shortener.services import bans, blocklists, history, links, quotas
from shortener.services.history import ImportedDay
from shortener.services.importing import authors, bodies, holding, making, rows
from shortener.services.importing.contexts import context_of, existing_of
from shortener.services.importing.plans import Action, Plan, plans

CHUNK = 500
LEASE = timedelta(seconds=60)
BUDGET_SECONDS = 5.0
LONGEST_CELL = 20_000
State = ImportJob.State
logger = logging.getLogger(__name__)


def import_links_due(*, now: datetime, budget: float = BUDGET_SECONDS) -> int:
    """Works on due imports for about `budget` seconds; returns how many rows were done."""
    began = time.monotonic()
    done = 0
    while time.monotonic() - began < budget and (job := _claimed(now)):
        done += _worked(job, now, began + budget)
    return done


def _claimed(now: datetime) -> ImportJob | None:
    """The oldest due job, with a lease that keeps other ticks away."""
    is_free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = ImportJob.objects.filter(is_free, state=State.RUNNING)
    for pk in due.order_by("pk").values_list("pk", flat=True)[:10]:
        if due.filter(pk=pk).update(leased_until=now + LEASE):
            return ImportJob.objects.select_related("domain", "team").get(pk=pk)
    return None


def _worked(job: ImportJob, now: datetime, until: float) -> int:
    """Works on a claimed job until it ends or the time is up, and gives the lease back."""
    records = bodies.unpacked(bytes(job.body), job.mapping["columns"], start=job.cursor)
    done = 0
    while time.monotonic() < until:
        chunk = list(islice(records, CHUNK))
        count = _committed(job, chunk, now)
        done += count
        if not count:
            return done
    ImportJob.objects.filter(pk=job.pk, state=State.RUNNING).update(leased_until=None)
    return done


def _committed(job: ImportJob, chunk: Sequence[Record], now: datetime) -> int:
    """Commits one chunk, or the end of the job; 0 when there is nothing more to do."""
    try:
        with transaction.atomic():
            if not _is_still_ours(job):
                return 0
            actor = authors.author_of(job)
            bans.require_free(actor=actor, team_id=job.team_id)
            if not chunk:
                _end(job, State.DONE, actor, now)
                return 0
            _write(job, chunk, actor, now)
    except (InterfaceError, OperationalError):
        raise
    except DomainError as error:
        return _fail(job, error.detail, now)
    except Exception:
        logger.exception("An import failed: %s", job.public_id)
        return _fail(job, f"The portal failed on the rows after the first {job.cursor:,}; its log says why.", now)
    return len(chunk)


def _fail(job: ImportJob, trouble: str, now: datetime) -> int:
    """Ends the job with a sentence; a database that is away is no reason, it is tried again."""
    fresh = ImportJob.objects.defer("body").get(pk=job.pk)
    fresh.trouble = trouble
    with transaction.atomic():
        _end(fresh, State.FAILED, Actor.system("import"), now)
    return 0


def _is_still_ours(job: ImportJob) -> bool:
    """Locks the job; whether it still runs and stands where this worker left it."""
    return (
        ImportJob.objects.select_for_update()
        .filter(pk=job.pk, state=State.RUNNING, cursor=job.cursor, leased_until=job.leased_until)
        .values_list("pk", flat=True)
        .first()
        is not None
    )


def _write(job: ImportJob, chunk: Sequence[Record], actor: Actor, now: datetime) -> None:
    context = context_of(job, actor, now)
    with blocklists.asked_once():
        drafts = [rows.draft_of(record, context) for record in chunk]
    planned = plans(drafts, form=context.form, team_id=job.team_id, existing=existing_of(job))
    _create(planned, job, actor, now)
    _count_visits(planned, job)
    _update(planned, actor, now)
    _tally(planned, job, len(chunk), now)
    making.publish([plan.link for plan in planned if plan.action == Action.CREATE and plan.link])


def _create(planned: Sequence[Plan], job: ImportJob, actor: Actor, now: datetime) -> None:
    """Stores the new links at once; when somebody took a slug in the meantime, one by one."""
    fresh = holding.hold_domains(_creations(planned), team_id=job.team_id)
    try:
        with transaction.atomic():
            _take_room(fresh, job, now)
            making.create_links(_creations(fresh), job=job, actor=actor, now=now)
    except IntegrityError:
        for plan in _creations(fresh):
            plan.link = None
            with _told(plan):
                making.create_link(plan, job=job, actor=actor, now=now)


def _creations(planned: Sequence[Plan]) -> list[Plan]:
    return [plan for plan in planned if plan.action == Action.CREATE]


def _take_room(fresh: Sequence[Plan], job: ImportJob, now: datetime) -> None:
    """Takes each new link out of the team's quota; rows beyond it fail."""
    if Quota.objects.filter(team_id=job.team_id).exists():
        for plan in fresh:
            with _told(plan):
                quotas.require_room(job.team_id, now)


def _update(planned: Sequence[Plan], actor: Actor, now: datetime) -> None:
    """Changes links, all locked ahead: each change is published, and who edits a link publishes while it is locked."""
    holding.hold_links([plan.link for plan in planned if plan.action == Action.UPDATE and plan.link])
    for plan in planned:
        if plan.action == Action.UPDATE and plan.link:
            given = {name: value for name, value in plan.draft.given.items() if name != "external_id"}
            with _told(plan):
                links.update_link(actor=actor, link=plan.link, values=given, now=now)


@contextmanager
def _told(plan: Plan) -> Iterator[None]:
    """Turns a refusal of one row into the plan's errors, and undoes what the row had written."""
    try:
        with transaction.atomic():
            yield
    except DomainError as error:
        plan.action, plan.errors = Action.FAIL, error.fields or {"row": [error.detail]}


def _count_visits(planned: Sequence[Plan], job: ImportJob) -> None:
    found = [(plan.link.pk, plan.draft.days) for plan in planned if plan.link and plan.action != Action.FAIL]
    imported = [ImportedDay(pk, day, *counts) for pk, days in dict(found).items() for day, counts in days.items()]
    job.visits = max(0, job.visits + history.add_imported(rows=imported, source=job.kind))


def _tally(planned: Sequence[Plan], job: ImportJob, size: int, now: datetime) -> None:
    """Moves the cursor behind the chunk and adds its counts and its errors."""
    for plan in planned:
        name = {Action.CREATE: "created", Action.UPDATE: "updated", Action.UNCHANGED: "unchanged"}.get(plan.action)
        setattr(job, name or "failed", getattr(job, name or "failed") + 1)
    ImportRowError.objects.bulk_create(_errors(planned, job))
    job.cursor += size
    job.leased_until = now + LEASE + timedelta(seconds=BUDGET_SECONDS)
    job.save(
        update_fields=["cursor", "leased_until", "created", "updated", "unchanged", "failed", "visits"],
    )


def _errors(planned: Sequence[Plan], job: ImportJob) -> Iterator[ImportRowError]:
    for plan in planned:
        if plan.action == Action.FAIL:
            row = {name: _kept(cell) for name, cell in plan.draft.cells.items()}
            told = {
                name: [values.storable(text)[:500] for text in found] for name, found in (plan.errors or {}).items()
            }
            yield ImportRowError(job=job, line=plan.draft.line, fields=told, row=row)


def _kept(cell: object) -> object:
    """A cell as it came, as far as it can be stored."""
    kept = values.storable(cell)
    return kept[:LONGEST_CELL] if isinstance(kept, str) else kept


def _end(job: ImportJob, state: str, actor: Actor, now: datetime) -> None:
    """Ends the job and says in the audit log what came of it; the file itself is dropped."""
    job.state, job.finished_at, job.leased_until, job.body = state, now, None, b""
    job.save(update_fields=["state", "finished_at", "leased_until", "body", "trouble"])
    names = ("created", "updated", "unchanged", "failed", "visits")
    after = {name: getattr(job, name) for name in names} | ({"trouble": job.trouble} if job.trouble else {})
    audit.record(actor=actor, action=f"import.{state}", target=job, after=after, now=now)
