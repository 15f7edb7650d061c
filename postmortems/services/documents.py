"""Editing a postmortem: every edit is a version, and two editors cannot overwrite each other silently."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid, NotFound
from postmortems.domain import sections
from postmortems.domain.states import State
from postmortems.exceptions import WrongState
from postmortems.models import Postmortem, Revision, TimelineRow
from postmortems.services import access

FIELDS = ("title", "owner_id", "due_on", "no_items_reason", "review_again_on")


@transaction.atomic
def edit(
    *,
    actor: Actor,
    postmortem: Postmortem,
    now: datetime,
    version: int | None = None,
    fields: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    public: Iterable[str] | None = None,
) -> Postmortem:
    """Stores the given fields and section texts, and keeps what was there as a revision.

    `public` is the whole list of sections that the public version shows. An approved document goes back to review.
    Raises PreconditionFailed when `version` is not the stored one, and WrongState once it is closed.
    """
    locked = access.lock(actor, postmortem, version=version)
    if locked.state == State.CLOSED:
        raise WrongState("The postmortem is closed.")
    before = snapshot(locked)
    _set_fields(locked, fields or {})
    _set_texts(locked, texts or {}, set(public) if public is not None else None)
    after = snapshot(locked)
    if after == before:
        return locked
    Revision.objects.create(
        postmortem=locked, version=locked.version, at=now, author=actor.label[:160], text=_plain(before)
    )
    if locked.state == State.APPROVED:
        locked.state, locked.approved_at = State.IN_REVIEW, None
    access.save(locked, "state", "approved_at", *FIELDS)
    audit.record(actor=actor, action="postmortem.edited", target=locked, before=before, after=after, now=now)
    return locked


@transaction.atomic
def add_row(
    *,
    actor: Actor,
    postmortem: Postmortem,
    at: datetime,
    text: str,
    now: datetime,
    precision: str = "minute",
    evidence_url: str = "",
) -> TimelineRow:
    """Adds a line to the document's timeline; the incident's own stays as it is."""
    locked = access.lock(actor, postmortem)
    row = TimelineRow.objects.create(
        postmortem=locked, at=at, text=text, precision=precision, evidence_url=evidence_url
    )
    access.save(locked)
    audit.record(actor=actor, action="postmortem.row_added", target=locked, after={"row": text}, now=now)
    return row


@transaction.atomic
def remove_row(*, actor: Actor, postmortem: Postmortem, row_id: int, now: datetime) -> None:
    """Takes a line out of the document's timeline."""
    locked = access.lock(actor, postmortem)
    row = TimelineRow.objects.filter(postmortem=locked, pk=row_id).first()
    if row is None:
        raise NotFound
    before = {"row": row.text}
    row.delete()
    access.save(locked)
    audit.record(actor=actor, action="postmortem.row_removed", target=locked, before=before, now=now)


def snapshot(postmortem: Postmortem) -> dict[str, Any]:
    """Fields, texts and public marks of the document."""
    found: dict[str, Any] = {name: getattr(postmortem, name) for name in FIELDS}
    for section in postmortem.sections.all():
        found[section.key] = section.text
        found[f"{section.key} is public"] = section.is_public
    return found


def _set_fields(postmortem: Postmortem, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name in FIELDS:
            setattr(postmortem, name, value)
    if not postmortem.title.strip():
        raise Invalid(fields={"title": ["Say what it is about."]})


def _set_texts(postmortem: Postmortem, texts: Mapping[str, str], public: set[str] | None) -> None:
    unknown = (set(texts) | (public or set())) - set(sections.BY_KEY)
    if unknown:
        raise Invalid(fields={key: ["There is no such section."] for key in sorted(unknown)})
    for section in postmortem.sections.all():
        section.text = texts.get(section.key, section.text)
        section.is_public = section.is_public if public is None else section.key in public
        section.save(update_fields=["text", "is_public"])


def _plain(text: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in text.items()}
