"""The pages of SLIs: where the numbers of SLOs come from."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain import source_snippets
from slo.domain.budgets import Counts
from slo.domain.windows import MINUTE, floor_to, watermark
from slo.forms.parts import managed_services
from slo.forms.sources import PushSliForm, SliFilterForm
from slo.models import Sli
from slo.selectors import objectives, series
from slo.selectors import sources as selectors
from slo.services import source_slis
from slo.views import source_charts

PAGE_SIZE = 50
RECENT = timedelta(hours=2)
DAY = timedelta(days=1)


@login_required
@require_safe
def sli_list(request: HttpRequest) -> HttpResponse:
    """The SLIs that this person may see, with what uses them."""
    actor = actor_of(request)
    form = SliFilterForm(request.GET or None, actor=actor)
    found = selectors.search(selectors.slis(actor), **form.wanted())
    context = {
        "filter_form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_create": bool(managed_services(actor)),
    }
    return render(request, "slo/sli_list.html", context)


@login_required
@require_safe
def sli_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One SLI: what it counted lately, what is wrong, what it asks, and the SLOs that use it."""
    actor, now = actor_of(request), timezone.now()
    sli = selectors.get_sli(actor, public_id)
    end = watermark(now)
    points = series.minutes(sli.pk, start=end - RECENT, end=end)
    context = {
        "sli": sli,
        "chart": source_charts.minute_chart(points, "The last two hours"),
        "day": _sum(series.hours(sli.pk, start=now - DAY, end=end)),
        "recent": _sum(points),
        "feed": selectors.feed_of(sli) if sli.kind == "prometheus" else None,
        "asked": [(name, value) for name, value in sorted(sli.settings.items()) if name != "server"],
        "snippets": _snippets(sli),
        "slos": objectives.slos(actor).filter(sli=sli),
        "may_manage": actor.may(Role.MANAGER, sli.service.team_id),
    }
    return render(request, "slo/sli_detail.html", context)


@login_required
@require_safe
def sli_create(request: HttpRequest) -> HttpResponse:
    """Where numbers may come from, and the way to each."""
    actor = actor_of(request)
    if "service" not in request.GET:
        return render(request, "slo/sli_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    return render(request, "slo/sli_create.html", {"service": service})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sli_push(request: HttpRequest) -> HttpResponse:
    """Adds an SLI that programs push counts to."""
    actor = actor_of(request)
    if "service" not in request.GET:
        return redirect("sli_create")
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    form = PushSliForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sli = source_slis.create_push_sli(actor=actor, service=service, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{sli.name} waits for its first counts.")
            return redirect("sli_detail", sli.public_id)
    return render(request, "slo/sli_push.html", {"form": form, "service": service})


@login_required
@require_POST
def sli_watch(request: HttpRequest, public_id: str) -> HttpResponse:
    """Switches the watch over the volume of an SLI."""
    actor = actor_of(request)
    sli = selectors.get_sli(actor, public_id)
    actor.require(Role.MANAGER, sli.service.team_id)
    watches = request.POST.get("watches") == "1"
    source_slis.update_sli(actor=actor, sli=sli, facts={"watches_volume": watches}, now=timezone.now())
    messages.success(request, f"The volume of {sli.name} is {'watched' if watches else 'not watched any more'}.")
    return redirect("sli_detail", sli.public_id)


def _sum(points: list[series.Point]) -> Counts:
    return sum((counts for _, counts in points if counts is not None), Counts())


def _snippets(sli: Sli) -> list[source_snippets.Snippet]:
    """How to push to an SLI that takes pushes."""
    if sli.kind != "push":
        return []
    url = f"{settings.PORTAL_BASE_URL}/api/v1/slis/{sli.public_id}/counts/"
    return source_snippets.of_push(url, f"{floor_to(timezone.now(), MINUTE):%Y-%m-%dT%H:%M:%SZ}")
