"""Which incidents alerts belong to, for the pages of alerts."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from incidents.models import Incident
from incidents.models.incident import IncidentAlert
from oncall.selectors.occurrences import Lesson
from portal.accounts.domain.actors import Actor


def lessons_of(alert_ids: Sequence[int], *, actor: Actor) -> Mapping[int, Sequence[Lesson]]:
    """The incidents of alerts as far as `actor` may see them, the oldest first."""
    seen = Incident.objects.visible_to(actor)
    links = IncidentAlert.objects.filter(alert_id__in=alert_ids, incident__in=seen).select_related("incident")
    found: dict[int, list[Lesson]] = {}
    for link in links.order_by("pk"):
        url = reverse("incident_detail", args=[link.incident.public_id])
        found.setdefault(link.alert_id, []).append(Lesson(f"Incident: {link.incident}", url))
    return found
