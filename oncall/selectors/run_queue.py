"""The queue of escalation runs: whose step is due, and whose turn it is."""

from datetime import datetime

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from oncall.models import EscalationRun


def due(now: datetime) -> QuerySet[EscalationRun]:
    """Active runs whose next step has come."""
    return EscalationRun.objects.filter(status=EscalationRun.Status.ACTIVE, next_run_at__lte=now)


def fair_choice(now: datetime, *, limit: int) -> list[int]:
    """Up to `limit` due runs by id: of each team the longest waiting, then of each the next one, and so on.

    So a storm at one team delays the pages of no other.
    """
    place = Window(RowNumber(), partition_by=[F("alert__team_id")], order_by=[F("next_run_at"), F("pk")])
    found = due(now).annotate(place=place).order_by("place", "next_run_at", "pk")
    return list(found.values_list("pk", flat=True)[:limit])
