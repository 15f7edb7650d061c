"""Finding imports. Only members of the team see them: a file may hold what its links do not tell."""

from collections.abc import Iterator

from django.db.models import QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from shortener.exceptions import NoSuchImport
from shortener.models import ImportJob, ImportRowError

SHOWN_ERRORS = 50


def jobs(actor: Actor) -> TeamOwnedQuerySet[ImportJob]:
    """The imports of the teams that `actor` has a role in, newest first, without their files."""
    found = ImportJob.objects.visible_to(actor).select_related("team", "domain", "created_by").defer("body")
    if not actor.is_administrator:
        found = found.filter(team__in=sorted(actor.team_ids))
    return found.order_by("-pk")


def get_job(actor: Actor, public_id: str) -> ImportJob:
    """The import with this public id; NoSuchImport when there is none or `actor` is not of its team."""
    job = jobs(actor).filter(public_id=public_id if public_id.isprintable() else "").first()
    if job is None:
        raise NoSuchImport
    return job


def row_errors(job: ImportJob) -> QuerySet[ImportRowError]:
    """The rows that were not imported, in the order of the file."""
    return ImportRowError.objects.filter(job=job).order_by("line")


def error_rows(job: ImportJob) -> Iterator[list[object]]:
    """A table to repair and upload again: the columns of the file and what is wrong, header first."""
    columns = job.mapping["columns"]
    yield [*columns, "line", "problem"]
    for error in row_errors(job).iterator(chunk_size=1_000):
        told = "; ".join(f"{name}: {' '.join(found)}" for name, found in error.fields.items())
        yield [*(error.row.get(column, "") for column in columns), error.line, told]


def percent_done(job: ImportJob) -> int:
    """How far a running import is, 0 to 100."""
    return min(100, 100 * job.cursor // job.rows) if job.rows else 0
