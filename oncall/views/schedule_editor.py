"""The editor of schedules: rows by plain submits, a preview by the code that pages, then a new version."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from oncall.domain import definitions, starts
from oncall.forms.schedule_drafts import Draft, HeadForm
from oncall.models import Schedule
from oncall.selectors import edits, targets
from oncall.selectors import schedules as found_schedules
from oncall.services import schedules
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError, Invalid, PreconditionFailed

Json = dict[str, Any]
CHANGED = "changed-meanwhile"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new schedule of a team, beginning with a template."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    actor.require(Role.MANAGER, team.pk)
    chosen = request.GET.get("start", starts.FIRST)
    local = timezone.localtime(timezone.now(), ZoneInfo(team.time_zone or "UTC")).replace(tzinfo=None)
    members = [str(user.pk) for user in targets.workers_of(team.pk)]
    definition = starts.made(chosen, zone=team.time_zone or "UTC", local=local, people=members)
    head: Json = {"time_zone": team.time_zone, "name": starts.name_of(chosen)}
    return _editor(request, team, None, definition, head)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_edit(request: HttpRequest, id: str) -> HttpResponse:
    """Other layers from a moment on; the past stays as it was."""
    actor = actor_of(request)
    schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.MANAGER, schedule.team_id)
    version = found_schedules.current_version(schedule, timezone.now())
    definition: Json = version.definition if version else {"time_zone": schedule.team.time_zone, "layers": []}
    head: Json = {"name": schedule.name, "time_zone": definition.get("time_zone") or "UTC"}
    return _editor(request, schedule.team, schedule, definition, head)


def _editor(request: HttpRequest, team: Team, schedule: Schedule | None, definition: Json, head: Json) -> HttpResponse:
    """Shows the draft; only `do=save` saves, and `do=preview` says whom it moves.

    The page carries the version that it began with (`seen`): who saves upon another is told whose it is first.
    """
    choices = _people(team, definition)
    draft, form, seen = Draft.of_definition(definition, choices), HeadForm(initial=head), None
    action = request.POST.get("do", "preview")
    if request.method == "POST":
        draft, form = Draft.of_post(request.POST, choices), HeadForm(request.POST)
        if action not in ("preview", "save"):
            draft, form = (
                draft.changed(action),
                HeadForm(initial={name: request.POST.get(name) for name in form.fields}),
            )
        elif all([form.is_valid(), draft.is_valid()]):
            told = draft.definition(form.cleaned_data["time_zone"], definition)
            usable = _is_usable(form, told)
            saved = _save(request, team, schedule, form, draft, told) if usable and action == "save" else None
            if saved is not None:
                messages.success(request, "Published." if schedule is None else "Saved. Whose shifts moved is told.")
                return redirect("schedule_detail", saved.public_id)
            seen = _preview(schedule, form, draft, told)
    context = {
        "form": form,
        "draft": draft,
        "team": team,
        "schedule": schedule,
        "preview": seen,
        "version_seen": _version_seen(request, schedule, form),
        "starts": starts.TITLES,
        "section": "schedules",
    }
    return render(request, "oncall/schedule_edit.html" if schedule else "oncall/schedule_create.html", context)


def _preview(schedule: Schedule | None, form: HeadForm, draft: Draft, told: Json) -> edits.Preview | None:
    """What the draft means; None where it is not sound, with the problems at their rows."""
    if not form.is_valid() or not draft.is_valid():
        return None
    problems = definitions.problems(told)
    if problems:
        _place(form, draft, Invalid(fields={f"definition.{path}": texts for path, texts in problems.items()}))
        return None
    now = timezone.now()
    at = max(form.cleaned_data["effective_from"] or now, now)
    return edits.preview(schedule, told, at=at)


def _save(
    request: HttpRequest, team: Team, schedule: Schedule | None, form: HeadForm, draft: Draft, told: Json
) -> Schedule | None:
    """The saved schedule, with whoever it moves told; None when it was refused, with the reasons at their places."""
    actor, now, head = actor_of(request), timezone.now(), form.cleaned_data
    fields: Json = {"name": head["name"], "definition": told, "note": head["note"]}
    try:
        if schedule is None:
            return schedules.publish(actor=actor, team_id=team.pk, now=now, **fields)
        at: datetime = max(head["effective_from"] or now, now)
        begun = _begun(request)
        return schedules.change(
            actor=actor, schedule=schedule, effective_from=at, now=now, expected_version=begun, **fields
        )
    except PreconditionFailed as error:
        words = edits.changed_meanwhile(schedule) if schedule else error.detail
        form.add_error(None, ValidationError(words, code=CHANGED))
        return None
    except DomainError as error:
        _place(form, draft, error)
        return None


def _begun(request: HttpRequest) -> int | None:
    """The version that the page began with; None where it does not say."""
    sent = request.POST.get("seen", "")[:9]
    return int(sent) if sent.isdecimal() else None


def _version_seen(request: HttpRequest, schedule: Schedule | None, form: HeadForm) -> int | None:
    """What the page carries: once a change of somebody else is told, that is seen too, so that saving again goes on."""
    begun = _begun(request)
    told = form.is_bound and form.has_error(NON_FIELD_ERRORS, CHANGED)
    return schedule.version if schedule is not None and (begun is None or told) else begun


def _is_usable(form: HeadForm, told: Json) -> bool:
    """Whether anybody is in it; where not, the form says so."""
    if not definitions.people_of(told):
        form.add_error(None, "Add a layer with at least one person.")
    return form.is_valid()


def _place(form: HeadForm, draft: Draft, error: DomainError) -> None:
    rows = {path: texts for path, texts in error.fields.items() if path.startswith("definition")}
    for text in draft.add_errors(rows):
        form.add_error(None, text)
    for name, texts in error.fields.items():
        if name not in rows:
            form.add_error(name if name in form.fields else None, list(texts))
    if not error.fields:
        form.add_error(None, error.detail)


def _people(team: Team, definition: Json) -> Sequence[tuple[str, str]]:
    """The team, and whoever stands in the schedule already."""
    members = list(people.team_members(team.pk))
    known = {str(user.pk) for user in members}
    others = [int(key) for key in definitions.people_of(definition) if key not in known and key.isdigit()]
    left = [(str(pk), f"{user} (left the team)") for pk, user in people.users_by_id(others).items()]
    return [*((str(user.pk), str(user)) for user in members), *left]
