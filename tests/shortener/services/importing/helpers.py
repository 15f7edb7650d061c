"""Imports for tests: uploaded, started and worked to their end."""

from datetime import datetime
from typing import Any

from shortener.models import ImportJob
from shortener.services.importing import jobs, running

PATIENT = 1e9
"""Seconds: longer than any machine takes."""

SHLINK = (
    "createdAt,title,shortUrl,domain,shortCode,longUrl,tags,visits\n"
    "2024-01-05T10:00:00+01:00,Spring,https://s.test/abc,s.test,abc,https://example.org/a,mail|Spring,7\n"
    "2024-02-05T10:00:00+01:00,,https://s.test/def,s.test,def,https://example.org/b,,0\n"
)


def uploaded(actor: Any, team: Any, text: str | bytes, now: datetime, **more: Any) -> ImportJob:
    body = text.encode() if isinstance(text, str) else text
    return jobs.create_job(actor=actor, team_id=team.pk, body=body, now=now, **more)


def imported(actor: Any, team: Any, text: str | bytes, now: datetime, **more: Any) -> ImportJob:
    """The job as it stands when all ticks have passed."""
    job = jobs.start_job(actor=actor, job=uploaded(actor, team, text, now, **more), now=now)
    running.import_links_due(now=now, budget=PATIENT)
    job.refresh_from_db()
    return job


def counts(job: ImportJob) -> tuple[int, int, int, int]:
    """(created, updated, unchanged, failed)"""
    return job.created, job.updated, job.unchanged, job.failed
