"""The shapes of the status page's JSON, as dashboards of the trade already read them."""

from typing import Any

from django.conf import settings

from incidents.domain import components as states
from incidents.models import Incident, Update
from incidents.selectors.status import Summary
from portal.catalog.models import Service
from portal.lib.times import rfc3339

PAGE_ID = "portal"


def page(summary: Summary) -> dict[str, Any]:
    """What the page is and when it last changed."""
    return {
        "id": PAGE_ID,
        "name": "SRE portal",
        "url": f"{settings.PORTAL_BASE_URL}/status/",
        "time_zone": "Etc/UTC",
        "updated_at": rfc3339(summary.updated_at),
    }


def indicator(summary: Summary) -> dict[str, str]:
    """`none`, `minor`, `major` or `critical`, in words too."""
    return {"indicator": states.INDICATORS[states.State(summary.state)], "description": summary.description}


def components(summary: Summary) -> list[dict[str, Any]]:
    """Every public service with its state."""
    return [
        component(shown.service, shown.state, position) for position, shown in enumerate(summary.components, start=1)
    ]


def component(service: Service, state: str, position: int) -> dict[str, Any]:
    """One public service."""
    return {
        "id": service.public_id,
        "name": service.name,
        "description": service.description or None,
        "status": state,
        "position": position,
        "page_id": PAGE_ID,
        "created_at": rfc3339(service.created_at),
        "group": False,
        "group_id": None,
        "showcase": False,
        "only_show_if_degraded": False,
    }


def incident(found: Incident) -> dict[str, Any]:
    """One public incident with its public updates, the newest first."""
    updates: list[Update] = vars(found)["public_updates"]
    affected = vars(found)["public_affected"]
    return {
        "id": found.public_id,
        "name": found.shown_title,
        "status": _status(found.status),
        "impact": states.IMPACTS[found.severity],
        "created_at": rfc3339(found.declared_at),
        "started_at": rfc3339(found.impact_start_at or found.declared_at),
        "updated_at": rfc3339(updates[0].at if updates else found.declared_at),
        "monitoring_at": None,
        "resolved_at": rfc3339(found.resolved_at) if found.resolved_at else None,
        "shortlink": f"{settings.PORTAL_BASE_URL}/status/incidents/{found.public_id}/",
        "page_id": PAGE_ID,
        "components": [component(row.service, row.state, place) for place, row in enumerate(affected, start=1)],
        "incident_updates": [update(one, found) for one in updates],
    }


def update(posted: Update, found: Incident) -> dict[str, Any]:
    """One public update."""
    return {
        "id": posted.public_id,
        "incident_id": found.public_id,
        "status": _status(posted.status),
        "body": posted.text,
        "created_at": rfc3339(posted.at),
        "display_at": rfc3339(posted.at),
        "updated_at": rfc3339(posted.at),
    }


def _status(status: str) -> str:
    return "resolved" if status == "closed" else status
