"""Alerts that reached nobody: all were asked, and no page of the last round got out or still may."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from oncall.models import Alert, EscalationRun, Page
from oncall.models.pages import BY_HAND, COPY

STATUS = EscalationRun.Status
OUT = (Page.Status.PENDING, Page.Status.SENDING, Page.Status.SENT)


def unheard(now: datetime) -> QuerySet[EscalationRun]:
    """Their runs. An alert that is held, asleep, taken on or led by another is none of them, nor what is paged by hand.

    Copies for those who shadow reach nobody who could answer.
    """
    heard = Q(loop=OuterRef("loop"), rule__lt=COPY) | Q(step=BY_HAND)
    reached = Page.objects.filter(heard, run=OuterRef("pk"), status__in=OUT)
    awake = Q(alert__snoozed_until=None) | Q(alert__snoozed_until__lte=now)
    found = EscalationRun.objects.exclude(status=STATUS.STOPPED).filter(awake, status=STATUS.EXHAUSTED)
    firing = found.filter(alert__status=Alert.Status.FIRING, alert__held_by="", alert__lead=None)
    by_rule = firing.exclude(snapshot__has_key="is_by_hand").filter(~Exists(reached))
    return by_rule.order_by("ended_at", "pk")
