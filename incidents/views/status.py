"""The public status page and the JSON that dashboards read. Nobody signs in here, so only public things are read."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from incidents.domain import components
from incidents.selectors import status
from incidents.views import statuspage

public_cache = cache_control(public=True, max_age=15)


@require_safe
def status_page(request: HttpRequest) -> HttpResponse:
    summary = status.public_summary(now=timezone.now())
    context = {"summary": summary, "weights": components.WEIGHTS.items()}
    return render(request, "incidents/status_page.html", context)


@require_safe
def status_incident(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = status.public_incident(incident_id, now=timezone.now())
    return render(request, "incidents/status_incident.html", {"incident": incident})


@require_safe
@public_cache
def status_summary_json(request: HttpRequest) -> JsonResponse:
    summary = status.public_summary(now=timezone.now())
    return _json(
        {
            "page": statuspage.page(summary),
            "status": statuspage.indicator(summary),
            "components": statuspage.components(summary),
            "incidents": [statuspage.incident(found) for found in summary.open_incidents],
            "scheduled_maintenances": [],
        }
    )


@require_safe
@public_cache
def status_status_json(request: HttpRequest) -> JsonResponse:
    summary = status.public_summary(now=timezone.now())
    return _json({"page": statuspage.page(summary), "status": statuspage.indicator(summary)})


@require_safe
@public_cache
def status_components_json(request: HttpRequest) -> JsonResponse:
    summary = status.public_summary(now=timezone.now())
    return _json({"page": statuspage.page(summary), "components": statuspage.components(summary)})


@require_safe
@public_cache
def status_incidents_json(request: HttpRequest) -> JsonResponse:
    summary = status.public_summary(now=timezone.now())
    found = [*summary.open_incidents, *summary.past_incidents]
    return _json({"page": statuspage.page(summary), "incidents": [statuspage.incident(one) for one in found]})


def _json(body: dict[str, Any]) -> JsonResponse:
    return JsonResponse(body, headers={"Access-Control-Allow-Origin": "*"})
