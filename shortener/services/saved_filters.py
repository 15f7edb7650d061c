"""Filters of the list of links that people keep under a name, for themselves or for a team."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.lib.errors import Invalid, PermissionDenied
from shortener.domain import filter_words
from shortener.exceptions import FilterNameTaken
from shortener.models import SavedFilter

NAME_LENGTH = 80
MOST = 50


def save_filter(*, actor: Actor, name: str, query: Any, team_id: int | None = None, now: datetime) -> SavedFilter:
    """Keeps a filter for `actor`, or for a team in which they are responder.

    Raises Invalid with all field errors, FilterNameTaken, PermissionDenied for programs without a person.
    """
    if actor.user_id is None:
        raise PermissionDenied("Saved filters belong to people.")
    if team_id is not None:
        actor.require(Role.RESPONDER, team_id)
    values = _cleaned({"name": name, "query": query})
    if SavedFilter.objects.filter(user_id=actor.user_id).count() >= MOST:
        raise Invalid(fields={"name": [f"You have {MOST} saved filters; delete one first."]})
    saved = SavedFilter(user_id=actor.user_id, team_id=team_id, created_at=now, **values)
    with transaction.atomic():
        _store(saved)
        audit.record(actor=actor, action="saved_filter.created", target=saved, after=values, now=now)
    return saved


def update_filter(*, actor: Actor, saved: SavedFilter, values: Mapping[str, Any], now: datetime) -> SavedFilter:
    """Changes name or query. Its maker may, and of a team's filter the managers of that team."""
    require_owner(actor, saved)
    cleaned = _cleaned(values)
    with transaction.atomic():
        current = SavedFilter.objects.select_for_update().get(pk=saved.pk)
        before = {name: getattr(current, name) for name in cleaned}
        for name, value in cleaned.items():
            setattr(current, name, value)
        _store(current)
        audit.record(actor=actor, action="saved_filter.updated", target=current, before=before, after=cleaned, now=now)
    return current


def delete_filter(*, actor: Actor, saved: SavedFilter, now: datetime) -> None:
    """Forgets the filter; the links stay as they are."""
    require_owner(actor, saved)
    with transaction.atomic():
        audit.record(actor=actor, action="saved_filter.deleted", target=saved, before={"name": saved.name}, now=now)
        saved.delete()


def may_change(actor: Actor, saved: SavedFilter) -> bool:
    """Whether `actor` may change or delete the filter."""
    is_maker = actor.user_id is not None and actor.user_id == saved.user_id
    return is_maker or (saved.team_id is not None and actor.may(Role.MANAGER, saved.team_id))


def require_owner(actor: Actor, saved: SavedFilter) -> None:
    """Raises PermissionDenied unless `may_change`."""
    if not may_change(actor, saved):
        raise PermissionDenied("Only who made this filter, or a manager of its team, may change it.")


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    cleaned: dict[str, Any] = {}
    if "name" in values:
        cleaned["name"] = str(values["name"]).strip()
        if not 1 <= len(cleaned["name"]) <= NAME_LENGTH or not cleaned["name"].isprintable():
            errors["name"] = [f"Give a name of 1 to {NAME_LENGTH} printable characters."]
    if "query" in values:
        cleaned["query"], found = filter_words.clean(values["query"])
        if found or not cleaned["query"]:
            errors["query"] = found or ["Choose at least one filter."]
    if errors:
        raise Invalid(fields=errors)
    return cleaned


def _store(saved: SavedFilter) -> None:
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        raise FilterNameTaken(fields={"name": [FilterNameTaken.title]}) from error
