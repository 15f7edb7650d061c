"""Rows of alerts are locked in one order, whoever needs them: leads before members, then by age."""

from collections.abc import Collection

from django.db.models import F, QuerySet

from oncall.models import Alert


def lockable(found: QuerySet[Alert]) -> QuerySet[Alert]:
    """The same alerts, to be locked as they are read; references to them may still be written meanwhile."""
    return found.select_for_update(no_key=True, of=("self",))


def locked(alert_ids: Collection[int]) -> dict[int, Alert]:
    """These alerts and their leads, by id; no lead is another one once all are locked."""
    while True:
        lead_of: dict[int, int | None] = dict(Alert.objects.filter(pk__in=alert_ids).values_list("pk", "lead_id"))
        wanted = {*lead_of, *filter(None, lead_of.values())}
        rows = lockable(Alert.objects.filter(pk__in=wanted)).order_by(F("lead_id").asc(nulls_first=True), "pk")
        found = {one.pk: one for one in rows}
        if all(pk in found and found[pk].lead_id == lead_id for pk, lead_id in lead_of.items()):
            return found
