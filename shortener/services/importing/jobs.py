"""The life of an import: uploaded and previewed, mapped, started, cancelled, and forgotten in the end."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.lib.errors import Invalid, TooLarge
from shortener.domain.importing import decoding, values
from shortener.domain.importing.records import Unreadable
from shortener.exceptions import WrongImportState
from shortener.models import Domain, ImportJob
from shortener.services import domains, fields
from shortener.services.importing import bodies, formats
from shortener.services.importing.plans import Existing

MAX_BYTES = 50 * 1024 * 1024
TOO_LARGE = "A file has at most 50 MB; cut it into several."
KEPT_PREVIEW, KEPT_RESULT = timedelta(days=7), timedelta(days=90)
State = ImportJob.State


def create_job(
    *,
    actor: Actor,
    team_id: int,
    body: bytes,
    file_name: str = "",
    kind: str = "",
    domain: Domain | None = None,
    options: Mapping[str, Any] | None = None,
    now: datetime,
) -> ImportJob:
    """Reads the whole file, guesses what its columns mean, and stores it for a preview; no link is written yet.

    Raises TooLarge beyond 50 MB, and Invalid for the field `file` with a sentence when it cannot be read.
    """
    actor.require(Role.RESPONDER, team_id)
    if len(body) > MAX_BYTES:
        raise TooLarge(TOO_LARGE)
    domain = domain or domains.default_domain(team_id=team_id, now=now)
    form, columns, packed, rows = _read(body, kind)
    job = ImportJob(
        team_id=team_id,
        domain=domain,
        kind=form.kind,
        file_name=values.storable(file_name)[:200],
        body=packed,
        rows=rows,
        mapping={"columns": columns, "fields": form.guess(columns)},
        options=_options(options or {}),
        actor=_author(actor),
        created_by_id=actor.user_id,
        created_at=now,
    )
    with transaction.atomic():
        job.save()
        audit.record(actor=actor, action="import.uploaded", target=job, after=_facts(job), now=now)
    return job


def map_columns(
    *, actor: Actor, job: ImportJob, mapping: Mapping[str, str], options: Mapping[str, Any], now: datetime
) -> ImportJob:
    """Says which column means what, and what to do with links that exist; a field without a column is left out."""
    with transaction.atomic():
        current = _locked(actor, job, State.PREVIEW)
        columns = set(current.mapping["columns"])
        wanted = {field: column for field, column in mapping.items() if column}
        errors = {field: ["There is no such column."] for field, column in wanted.items() if column not in columns}
        errors |= {field: ["There is no such field."] for field in wanted if field not in formats.FIELDS}
        if errors:
            raise Invalid(fields=errors)
        current.mapping = current.mapping | {"fields": wanted}
        current.options = current.options | _options(options)
        current.save(update_fields=["mapping", "options"])
    return current


def start_job(*, actor: Actor, job: ImportJob, now: datetime) -> ImportJob:
    """Makes the import due: the next tick takes it up. It runs with the rights of whoever starts it."""
    with transaction.atomic():
        current = _locked(actor, job, State.PREVIEW)
        form = formats.ALL[current.kind]
        needed = "target" if form.needs_target else "slug"
        if needed not in current.mapping["fields"]:
            raise Invalid(fields={needed: [f"Say which column holds the {formats.FIELDS[needed].lower()}."]})
        current.state, current.actor, current.created_by_id = State.RUNNING, _author(actor), actor.user_id
        current.save(update_fields=["state", "actor", "created_by"])
        audit.record(actor=actor, action="import.started", target=current, after=_facts(current), now=now)
    return current


def cancel_job(*, actor: Actor, job: ImportJob, now: datetime) -> ImportJob:
    """Stops an import before its next chunk of rows, or drops a preview; what was imported stays."""
    with transaction.atomic():
        current = _locked(actor, job, State.PREVIEW, State.RUNNING)
        current.state, current.finished_at, current.body = State.CANCELLED, now, b""
        current.save(update_fields=["state", "finished_at", "body"])
        audit.record(actor=actor, action="import.cancelled", target=current, after=_facts(current), now=now)
    return current


def forget_jobs(*, now: datetime) -> int:
    """Deletes previews that nobody started within a week, and results after 90 days; says how many."""
    waiting = ImportJob.objects.filter(state=State.PREVIEW, created_at__lt=now - KEPT_PREVIEW)
    ended = ImportJob.objects.filter(finished_at__lt=now - KEPT_RESULT)
    return sum(found.delete()[1].get("shortener.ImportJob", 0) for found in (waiting, ended))


def _locked(actor: Actor, job: ImportJob, *states: str) -> ImportJob:
    actor.require(Role.RESPONDER, job.team_id)
    current = ImportJob.objects.select_for_update().defer("body").get(pk=job.pk)
    if current.state not in states:
        raise WrongImportState(f"The import is {current.state}.")
    return current


def _read(body: bytes, kind: str) -> tuple[formats.Format, list[str], bytes, int]:
    """The format of a file, its columns, its packed rows and their number."""
    if kind and kind not in formats.ALL:
        raise Invalid(fields={"kind": ["There is no such format."]})
    try:
        text, _ = decoding.decode(body)
        form = formats.ALL[kind] if kind else formats.detect(text)
        table = form.read(text)
        packed, rows = bodies.packed(table)
    except Unreadable as error:
        raise Invalid(fields={"file": [str(error)]}) from error
    if not rows:
        raise Invalid(fields={"file": ["The file has a header and no rows."]})
    return form, [values.storable(column) for column in table.columns], packed, rows


def _options(given: Mapping[str, Any]) -> dict[str, Any]:
    """What to do with links that exist, tags for every row, and whether visits come along."""
    options: dict[str, Any] = {}
    if "existing" in given:
        if given["existing"] not in list(Existing):
            raise Invalid(fields={"existing": ["Choose report, skip or update."]})
        options["existing"] = str(given["existing"])
    if "add_tags" in given:
        options["add_tags"], found = fields.clean_one("tags", given["add_tags"], frozenset())
        if found:
            raise Invalid(fields={"add_tags": found})
    if "visits" in given:
        options["visits"] = bool(given["visits"])
    return options


def _author(actor: Actor) -> dict[str, Any]:
    kept: Sequence[str] = ("kind", "label", "user_id", "token_id", "service_account_id", "request_id", "address")
    return {name: getattr(actor, name) for name in kept}


def _facts(job: ImportJob) -> dict[str, Any]:
    return {"kind": job.kind, "file": job.file_name, "rows": job.rows, "options": job.options}
