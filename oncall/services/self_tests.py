"""The weekly self-test of contacts and contact points: what delivered nothing for a week is checked before its hour.

Where a provider can be asked without anybody hearing it, it is; else the person is asked whether it is still theirs.
What is broken is told by `broken_contacts.py`.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse

from oncall.clients import channels, quiet_checks
from oncall.domain import daytime
from oncall.exceptions import DeliveryError
from oncall.models import ContactMethod, ContactPoint, DutyNotice
from oncall.services.contact_health import PROBLEM

WEEK = timedelta(days=7)
TOMORROW = timedelta(days=6)
ASK_AGAIN = timedelta(days=90)
SILENT = 3
"""So many days in a row without an answer are a problem of their own."""

BATCH = 20


def check_contacts_due(*, now: datetime, limit: int = BATCH) -> int:
    """Looks at contacts that nothing was heard of for a week, the longest first; says how many.

    Only in the daytime of their owners, who may hear of it.
    """
    quiet = Q(checked_at=None) | Q(checked_at__lte=now - WEEK)
    found = ContactMethod.objects.filter(quiet, verified_at__lte=now - WEEK, user__is_active=True)
    zones = found.values_list("user__time_zone", flat=True).distinct().order_by()
    awake = [zone for zone in zones if daytime.is_daytime(zone, now)]
    contacts = found.filter(user__time_zone__in=awake).select_related("user").order_by("checked_at", "pk")
    due = list(contacts[:limit])
    for contact in due:
        if _look(contact, now) is None:
            _ask_whether_it_is_still_theirs(contact, now)
    return len(due)


def check_points_due(*, now: datetime, limit: int = BATCH) -> int:
    """The same for the rooms and programs of teams; nobody is asked about them, the managers hear of what is broken."""
    quiet = Q(checked_at=None) | Q(checked_at__lte=now - WEEK)
    unused = Q(last_sent_at=None) | Q(last_sent_at__lte=now - WEEK)
    found = ContactPoint.objects.filter(quiet, unused, disabled_at=None, created_at__lte=now - WEEK)
    due = list(found.order_by("checked_at", "pk")[:limit])
    for point in due:
        _look(point, now)
    return len(due)


def _look(owner: ContactMethod | ContactPoint, now: datetime) -> str | None:
    """Writes down what the provider says; None where it cannot be asked. Without an answer it is asked tomorrow."""
    rows = type(owner).objects.filter(pk=owner.pk)
    try:
        problem = quiet_checks.problem_of(owner.kind, owner.address)
    except DeliveryError as error:
        rows.update(failures=F("failures") + 1, checked_at=now - TOMORROW)
        if error.permanent or owner.failures + 1 >= SILENT:
            rows.update(problem=error.reason[:PROBLEM])
        return error.reason
    if problem is None:
        rows.update(checked_at=now)
    elif problem:
        rows.update(checked_at=now, problem=problem[:PROBLEM])
    else:
        rows.update(checked_at=now, problem="", failures=0)
    return problem


def _ask_whether_it_is_still_theirs(contact: ContactMethod, now: datetime) -> None:
    last = contact.last_sent_at or contact.verified_at
    if last is None or now - last < ASK_AGAIN:
        return
    text = (
        f"Nothing was sent to {contact.address} ({channels.label_of(contact.kind)}) for three months."
        f" Is it still yours? Try it, or remove it: {settings.PORTAL_BASE_URL}{reverse('contact_list')}\n"
    )
    facts = {"user": contact.user, "subject": "Check a contact: is it still yours?", "body": text}
    key = f"still-yours:{contact.pk}:{now.year}-{(now.month + 2) // 3}"
    DutyNotice.objects.get_or_create(key=key, defaults=facts | {"due_at": now, "created_at": now})
