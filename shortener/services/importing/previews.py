"""What an import would do, before it does anything: the first rows as they will be, and counts of many."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from portal.accounts.domain.actors import Actor
from shortener.domain.importing import values
from shortener.models import ImportJob
from shortener.services import blocklists
from shortener.services.importing import bodies, rows
from shortener.services.importing.contexts import context_of, existing_of
from shortener.services.importing.plans import Plan, plans
from shortener.services.importing.rows import Errors

SHOWN = 20
CHECKED = 2_000
SAMPLE = 60


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it will be; `visits` is how many come along."""

    line: int
    action: str
    target: str
    slug: str
    title: str
    tags: Sequence[str]
    visits: int
    errors: Errors
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """`checked` rows were looked at, `counts` says what would become of them; `samples` shows a value per column."""

    rows: Sequence[PreviewRow]
    checked: int
    counts: Mapping[str, int]
    samples: Mapping[str, str] = field(default_factory=dict)


def preview_of(*, actor: Actor, job: ImportJob, now: datetime) -> Preview:
    """The preview of a job that was not started; the first 20 rows in full, the first 2,000 counted."""
    records = list(islice(bodies.unpacked(bytes(job.body), job.mapping["columns"]), CHECKED))
    context = context_of(job, actor, now)
    with blocklists.asked_once():
        drafts = [rows.draft_of(record, context) for record in records]
    planned = plans(drafts, form=context.form, team_id=job.team_id, existing=existing_of(job))
    samples: dict[str, str] = {}
    for record in records[:SHOWN]:
        for column, cell in record.cells.items():
            samples.setdefault(column, values.storable(values.text(cell))[:SAMPLE])
            samples[column] = samples[column] or values.storable(values.text(cell))[:SAMPLE]
    counts = Counter(str(plan.action) for plan in planned)
    return Preview([_row(plan) for plan in planned[:SHOWN]], len(planned), counts, samples)


def _row(plan: Plan) -> PreviewRow:
    draft = plan.draft
    return PreviewRow(
        line=draft.line,
        action=str(plan.action),
        target=values.storable(draft.target)[:500],
        slug=values.storable(draft.slug)[:200] or (plan.link.slug if plan.link else ""),
        title=values.storable(draft.given.get("title", ""))[:200],
        tags=draft.cleaned.get("tags", []),
        visits=sum(sum(pair) for pair in draft.days.values()),
        errors=plan.errors or {},
        cells=[values.storable(values.text(cell))[:80] for cell in list(draft.cells.values())[:6]],
    )
