"""Which postmortems are about the incidents of alerts, for the pages of alerts."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from oncall.selectors.occurrences import Lesson
from portal.accounts.domain.actors import Actor
from postmortems.models import Covers, Postmortem


def lessons_of(alert_ids: Sequence[int], *, actor: Actor) -> Mapping[int, Sequence[Lesson]]:
    """The postmortems of alerts as far as `actor` may see them, the oldest first."""
    seen = Postmortem.objects.visible_to(actor)
    covers = Covers.objects.filter(incident__alert_links__alert_id__in=alert_ids, postmortem__in=seen)
    told = ("incident__alert_links__alert_id", "postmortem__public_id", "postmortem__title")
    found: dict[int, list[Lesson]] = {}
    for alert_id, public_id, title in covers.order_by("pk").values_list(*told):
        if alert_id in alert_ids:
            url = reverse("postmortem_detail", args=[public_id])
            found.setdefault(alert_id, []).append(Lesson(f"Postmortem: {title}", url))
    return found
