"""How a person wants to be reached."""

from collections.abc import Mapping, Sequence

from oncall.models import NotificationRule, QuietHours


def rules_of(user_id: int) -> Mapping[str, Sequence[NotificationRule]]:
    """A person's rules by class, in their order."""
    found: dict[str, list[NotificationRule]] = {}
    rules = NotificationRule.objects.filter(user_id=user_id).select_related("contact")
    for rule in rules.order_by("severity", "position", "pk"):
        found.setdefault(rule.severity, []).append(rule)
    return found


def quiet_hours_of(user_id: int) -> QuietHours | None:
    """A person's quiet hours."""
    return QuietHours.objects.filter(user_id=user_id).first()
