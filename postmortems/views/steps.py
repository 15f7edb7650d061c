"""Steps of a postmortem's way, and the rows of its timeline and impact."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.selectors.requests import actor_of
from postmortems.forms import ImpactForm, RowForm, SubmitForm
from postmortems.models import Postmortem
from postmortems.services import documents, impacts, reviews
from postmortems.views.pages import run_form, run_step, writable


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def postmortem_submit(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Asks people to review it."""
    postmortem = writable(request, postmortem_id)
    return run_form(
        request,
        form=SubmitForm(request.POST or None, postmortem=postmortem),
        template="postmortems/postmortem_submit.html",
        context={"postmortem": postmortem},
        submit=lambda values: reviews.submit(
            actor=actor_of(request), postmortem=postmortem, reviewers=values["reviewers"], now=timezone.now()
        ),
        done=resolve_url("postmortem_detail", postmortem.public_id),
        message="The reviewers are asked.",
    )


@login_required
@require_POST
def postmortem_approve(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Approves it."""
    return _step(request, postmortem_id, reviews.approve, "Approved.")


@login_required
@require_POST
def postmortem_send_back(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Makes it a draft again."""
    return _step(request, postmortem_id, reviews.send_back, "It is a draft again.")


@login_required
@require_POST
def postmortem_publish(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Publishes it."""
    return _step(request, postmortem_id, reviews.publish, "Published.")


@login_required
@require_POST
def postmortem_close(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Closes it when nothing is left to do."""
    return _step(request, postmortem_id, reviews.close, "Closed: nothing is left to do.")


@login_required
@require_POST
def postmortem_reopen(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Opens a closed one again."""
    return _step(request, postmortem_id, reviews.reopen, "It is open again.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def postmortem_row(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Adds a line to the document's timeline."""
    postmortem = writable(request, postmortem_id)
    return run_form(
        request,
        form=RowForm(request.POST or None),
        template="postmortems/postmortem_row.html",
        context={"postmortem": postmortem},
        submit=lambda values: documents.add_row(
            actor=actor_of(request), postmortem=postmortem, now=timezone.now(), **values
        ),
        done=resolve_url("postmortem_detail", postmortem.public_id) + "#timeline",
        message="Added.",
    )


@login_required
@require_POST
def postmortem_row_delete(request: HttpRequest, postmortem_id: str, row_id: int) -> HttpResponse:
    """Takes a line out of the document's timeline."""
    postmortem = writable(request, postmortem_id)
    return run_step(
        request,
        step=lambda: documents.remove_row(
            actor=actor_of(request), postmortem=postmortem, row_id=row_id, now=timezone.now()
        ),
        done=resolve_url("postmortem_detail", postmortem.public_id) + "#timeline",
        message="Removed.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def postmortem_impact(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Adds a number to the impact."""
    postmortem = writable(request, postmortem_id)
    return run_form(
        request,
        form=ImpactForm(request.POST or None),
        template="postmortems/postmortem_impact.html",
        context={"postmortem": postmortem},
        submit=lambda values: impacts.add_impact(
            actor=actor_of(request), postmortem=postmortem, now=timezone.now(), **values
        ),
        done=resolve_url("postmortem_detail", postmortem.public_id) + "#impact",
        message="Added.",
    )


@login_required
@require_POST
def postmortem_impact_delete(request: HttpRequest, postmortem_id: str, row_id: int) -> HttpResponse:
    """Takes a number out of the impact."""
    postmortem = writable(request, postmortem_id)
    return run_step(
        request,
        step=lambda: impacts.remove_impact(
            actor=actor_of(request), postmortem=postmortem, row_id=row_id, now=timezone.now()
        ),
        done=resolve_url("postmortem_detail", postmortem.public_id) + "#impact",
        message="Removed.",
    )


def _step(request: HttpRequest, postmortem_id: str, step: Callable[..., Postmortem], message: str) -> HttpResponse:
    postmortem = writable(request, postmortem_id)
    return run_step(
        request,
        step=lambda: step(actor=actor_of(request), postmortem=postmortem, now=timezone.now()),
        done=resolve_url("postmortem_detail", postmortem.public_id),
        message=message,
    )
