"""The queue of pages: which of them may leave now, and in which order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from oncall.models import Alert, EscalationRun, Page
from oncall.models.pages import BY_HAND

OPEN_RUNS = (EscalationRun.Status.ACTIVE, EscalationRun.Status.EXHAUSTED)
PER_CHANNEL = 12
PER_ADDRESS = 4
WINDOW = 200


def may_leave(now: datetime) -> QuerySet[Page]:
    """Pages that nothing holds back at `now`: the alert is firing, and neither held nor snoozed.

    What a person asked for by hand leaves until the alert is resolved.
    """
    wakes = Q(run__alert__status=Alert.Status.FIRING, run__alert__held_by="") & (
        Q(run__alert__snoozed_until=None) | Q(run__alert__snoozed_until__lte=now)
    )
    by_hand = Q(step=BY_HAND) & ~Q(run__alert__status=Alert.Status.RESOLVED)
    return Page.objects.filter(wakes | by_hand, run__status__in=OPEN_RUNS)


def due(now: datetime) -> QuerySet[Page]:
    """Those whose time has come, and those that a sender took and never brought back."""
    waiting = Q(status=Page.Status.PENDING, due_at__lte=now)
    return may_leave(now).filter(waiting | Q(status=Page.Status.SENDING, lease_until__lte=now))


def fair_choice(now: datetime, *, limit: int, busy: Mapping[tuple[str, str], int]) -> list[int]:
    """Up to `limit` due pages, the longest waiting first; `busy` counts what is in flight by (channel, address).

    A channel or an address that is slow keeps no more than its share of the senders; one for which very much waits
    hides nobody else, for only its first pages are looked at.
    """
    channels: Counter[str] = Counter()
    for (channel, _), number in busy.items():
        channels[channel] += number
    full = [channel for channel, number in channels.items() if number >= PER_CHANNEL]
    free = due(now).exclude(channel__in=full).exclude(_at_full_addresses(busy))
    place = Window(RowNumber(), partition_by=[F("channel"), F("address")], order_by=[F("due_at"), F("pk")])
    found = free.annotate(place=place).filter(place__lte=PER_ADDRESS).order_by("due_at", "pk")
    return _within_shares(found.values_list("pk", "channel", "address")[:WINDOW], limit, Counter(busy), channels)


def _at_full_addresses(busy: Mapping[tuple[str, str], int]) -> Q:
    """Of whatever waits for a stalled address nothing is looked at, however much that is."""
    full = Q(pk__in=[])
    for (channel, address), number in busy.items():
        if number >= PER_ADDRESS:
            full |= Q(channel=channel, address=address)
    return full


def _within_shares(
    found: Iterable[tuple[int, str, str]], limit: int, places: Counter[tuple[str, str]], channels: Counter[str]
) -> list[int]:
    chosen: list[int] = []
    for pk, channel, address in found:
        if len(chosen) == limit:
            break
        if channels[channel] < PER_CHANNEL and places[channel, address] < PER_ADDRESS:
            channels[channel] += 1
            places[channel, address] += 1
            chosen.append(pk)
    return chosen
