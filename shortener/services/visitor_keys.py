"""The daily keys under which visitors are told apart; a key that is gone makes its day's marks worthless."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from shortener.models import VisitorKey

KEPT = timedelta(days=2)
KEY_BYTES = 32


def keys_of(days: Iterable[date]) -> dict[date, bytes]:
    """The key of each day, made where there is none; callers at the same time get the same one."""
    wanted = set(days)
    found = _stored(wanted)
    missing = sorted(wanted - set(found))
    if missing:
        fresh = [VisitorKey(day=day, secret=secrets.token_bytes(KEY_BYTES)) for day in missing]
        VisitorKey.objects.bulk_create(fresh, ignore_conflicts=True)
        found |= _stored(missing)
    return found


def forget_keys(*, today: date) -> int:
    """Throws away the keys that are older than two days and says how many they were."""
    return VisitorKey.objects.filter(day__lt=today - KEPT).delete()[0]


def _stored(days: Iterable[date]) -> dict[date, bytes]:
    rows = VisitorKey.objects.filter(day__in=list(days)).values_list("day", "secret")
    return {day: bytes(secret) for day, secret in rows}
