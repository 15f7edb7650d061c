"""Templates of UTM parameters, which a team's responders keep."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from shortener.domain import utm
from shortener.exceptions import InvalidUtmTemplate, UtmTemplateNameTaken
from shortener.models import UtmTemplate

LONGEST_NAME = 80
MOST = 200
FIELDS = ("name", *utm.NAMES)


def create_template(*, actor: Actor, team_id: int, values: Mapping[str, Any], now: datetime) -> UtmTemplate:
    """Adds a template to a team. InvalidUtmTemplate names all wrong fields; a name is used once in a team."""
    actor.require(Role.RESPONDER, team_id)
    cleaned = clean({"name": "", **values})
    _require_something(cleaned)
    if UtmTemplate.objects.filter(team_id=team_id).count() >= MOST:
        raise InvalidUtmTemplate(fields={"name": [f"A team has at most {MOST} templates."]})
    template = UtmTemplate(team_id=team_id, created_at=now, **cleaned)
    with transaction.atomic():
        _save(template)
        audit.record(actor=actor, action="utm_template.created", target=template, after=snapshot(template), now=now)
    return template


def update_template(*, actor: Actor, template: UtmTemplate, values: Mapping[str, Any], now: datetime) -> UtmTemplate:
    """Changes the given fields. Links that were made with the template stay as they are."""
    actor.require(Role.RESPONDER, template.team_id)
    cleaned = clean(values)
    with transaction.atomic():
        current = UtmTemplate.objects.select_for_update(of=["self"]).select_related("team").get(pk=template.pk)
        before = snapshot(current)
        for name, value in cleaned.items():
            setattr(current, name, value)
        _require_something(snapshot(current))
        if snapshot(current) != before:
            _save(current)
            after = snapshot(current)
            audit.record(
                actor=actor, action="utm_template.updated", target=current, before=before, after=after, now=now
            )
    return current


def delete_template(*, actor: Actor, template: UtmTemplate, now: datetime) -> None:
    """Takes a template away; a repeat changes nothing."""
    actor.require(Role.RESPONDER, template.team_id)
    with transaction.atomic():
        current = UtmTemplate.objects.select_for_update(of=["self"]).filter(pk=template.pk).first()
        if current is not None:
            audit.record(actor=actor, action="utm_template.deleted", target=current, before=snapshot(current), now=now)
            current.delete()


def clean(values: Mapping[str, Any]) -> dict[str, str]:
    """The trimmed texts; InvalidUtmTemplate with the errors of all fields."""
    errors: dict[str, list[str]] = {}
    cleaned = {}
    for name, value in values.items():
        cleaned[name] = str(value or "").strip()
        if found := _problems(name, cleaned[name]):
            errors[name] = found
    if errors:
        raise InvalidUtmTemplate(fields=errors)
    return cleaned


def snapshot(template: UtmTemplate) -> dict[str, str]:
    """The fields that people set."""
    return {name: getattr(template, name) for name in FIELDS}


def _problems(name: str, text: str) -> list[str]:
    if name not in FIELDS:
        return ["This field cannot be set."]
    limit = LONGEST_NAME if name == "name" else utm.LONGEST
    found = [f"Use at most {limit} characters."] if len(text) > limit else []
    if not text.isprintable():
        found.append("Use printable characters only.")
    if name == "name" and not text:
        found.append("Give the template a name.")
    return found


def _require_something(cleaned: Mapping[str, str]) -> None:
    if not any(cleaned.get(name) for name in utm.NAMES):
        raise InvalidUtmTemplate(fields={"source": ["Fill in at least one parameter."]})


def _save(template: UtmTemplate) -> None:
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise UtmTemplateNameTaken(fields={"name": [UtmTemplateNameTaken.title]}) from error
