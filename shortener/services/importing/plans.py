"""What would become of each draft: compared with the links that are stored, without writing anything."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from shortener.domain.replica import slug_key
from shortener.models import Link, LinkState
from shortener.models.links import LinkQuerySet
from shortener.services import fields
from shortener.services.importing.formats import Format
from shortener.services.importing.rows import Draft, Errors, external_id


class Existing(StrEnum):
    """What to do with a row whose link exists and leads elsewhere."""

    REPORT = "report"
    SKIP = "skip"
    UPDATE = "update"


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    FAIL = "fail"


@dataclass(slots=True)
class Plan:
    """One draft, the link that it meets, and what is to be done."""

    draft: Draft
    action: Action
    link: Link | None = None
    errors: Errors | None = None
    external_id: str | None = None


def plans(drafts: Sequence[Draft], *, form: Format, team_id: int, existing: Existing) -> list[Plan]:
    """The plan of each draft, in order; a few queries for all of them."""
    names = {draft.line: external_id(draft, form) for draft in drafts}
    by_key = _by_key(drafts)
    by_name = _by_external_id(team_id, {name for name in names.values() if name})
    pending: dict[tuple[int, str], Draft] = {}
    found = []
    for draft in drafts:
        name = names[draft.line]
        key = _key(draft)
        link = by_key.get(key) or by_name.get(name or "")
        if draft.errors:
            found.append(Plan(draft, Action.FAIL, None, draft.errors))
        elif link is not None:
            found.append(_met(draft, link, team_id, form, existing))
        elif not form.needs_target:
            found.append(Plan(draft, Action.FAIL, None, {"slug": ["There is no link with this slug here."]}))
        else:
            found.append(_fresh(draft, name, key if draft.slug else (0, name or ""), pending))
    return found


def changed_fields(draft: Draft, link: Link) -> list[str]:
    """The fields that the file has and that differ from what is stored."""
    return [
        name
        for name in draft.given
        if name != "external_id" and name in fields.EDITABLE and draft.cleaned.get(name) != getattr(link, name, None)
    ]


def _met(draft: Draft, link: Link, team_id: int, form: Format, existing: Existing) -> Plan:
    """The plan of a draft whose slug or external id is in use."""
    if link.team_id != team_id:
        return Plan(draft, Action.FAIL, None, {"slug": ["Another team has this slug."]})
    if link.state == LinkState.DELETED:
        return Plan(draft, Action.FAIL, None, {"slug": ["A deleted link had this slug, which stays taken."]})
    is_same = not form.needs_target or draft.cleaned["target"] == link.target
    if existing == Existing.UPDATE and form.needs_target and changed_fields(draft, link):
        return Plan(draft, Action.UPDATE, link)
    if is_same or existing == Existing.SKIP:
        return Plan(draft, Action.UNCHANGED, link)
    return Plan(draft, Action.FAIL, link, {"target": [f"The link exists and leads to {link.target[:200]}."]})


def _fresh(draft: Draft, name: str | None, key: tuple[int, str], pending: dict[tuple[int, str], Draft]) -> Plan:
    """The plan of a draft that meets no stored link; an earlier row of the same file may be the same link."""
    first = pending.setdefault(key, draft)
    if first is draft:
        return Plan(draft, Action.CREATE, external_id=name)
    if first.target == draft.target:
        return Plan(draft, Action.UNCHANGED)
    return Plan(draft, Action.FAIL, None, {"slug": [f"Line {first.line} has this slug with another target."]})


def _key(draft: Draft) -> tuple[int, str]:
    return draft.domain.pk, slug_key(draft.slug, case_sensitive=draft.domain.case_sensitive) if draft.slug else ""


def _by_key(drafts: Iterable[Draft]) -> dict[tuple[int, str], Link]:
    wanted: defaultdict[int, set[str]] = defaultdict(set)
    for draft in drafts:
        if draft.slug and not draft.errors:
            domain, key = _key(draft)
            wanted[domain].add(key)
    condition = Q(pk=None)
    for domain, keys in wanted.items():
        condition |= Q(domain_id=domain, key__in=keys)
    return {(link.domain_id, link.key): link for link in _links().filter(condition)} if wanted else {}


def _by_external_id(team_id: int, names: set[str]) -> dict[str, Link]:
    if not names:
        return {}
    rows = _links().present().filter(team_id=team_id, external_id__in=names)
    return {link.external_id or "": link for link in rows}


def _links() -> LinkQuerySet:
    return Link.objects.select_related("domain", "team")
