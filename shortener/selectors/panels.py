"""What a service's page shows of this app: the most followed links of the team that owns it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service
from shortener.models import LinkTotal
from shortener.selectors import finding

SHOWN = 5


def service_panel(service: Service, *, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The team's links with the most clicks, as far as `actor` may see them."""
    clicks = LinkTotal.objects.filter(link_id=OuterRef("pk")).values_list(F("people") + F("bots"))
    found = finding.links(actor).filter(team=service.team_id).annotate(clicks=Coalesce(Subquery(clicks), 0))
    rows = [
        {"link": link, "clicks": vars(link)["clicks"], "state": link.state_at(now)}
        for link in found.order_by("-clicks", "-pk")[:SHOWN]
    ]
    return {"rows": rows}
