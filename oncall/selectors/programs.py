"""Which policy serves an alert, and what a run of a policy walks through."""

from oncall.domain import escalation_json
from oncall.domain.escalation import Steps
from oncall.domain.escalation_programs import Part, jumps, programme
from oncall.models import Alert, EscalationPolicy, ServicePolicy

MOST = 20


def chosen_policy(alert: Alert) -> EscalationPolicy | None:
    """The alert's own policy, else that of its service, else the team's default; None while there is no default."""
    if alert.policy_id is not None:
        own = EscalationPolicy.objects.filter(pk=alert.policy_id, archived_at=None).first()
        if own is not None:
            return own
    if alert.service_id is not None:
        link = ServicePolicy.objects.filter(service_id=alert.service_id, policy__archived_at=None)
        served = link.select_related("policy").first()
        if served is not None:
            return served.policy
    return default_policy(alert.team_id)


def default_policy(team_id: int) -> EscalationPolicy | None:
    """The team's default, if it has been made."""
    return EscalationPolicy.objects.filter(team_id=team_id, is_default=True, archived_at=None).first()


def programme_of(policy: EscalationPolicy) -> Steps:
    """The steps of a policy as it is now, and of all that it jumps to."""
    parts: dict[int, Part] = {}
    found = [policy]
    while found and len(parts) < MOST:
        for one in found:
            parts[one.pk] = Part(escalation_json.from_snapshot(one.plan), one.team_id)
        wanted = {target for part in parts.values() for target in jumps(part.plan)} - set(parts)
        found = list(EscalationPolicy.objects.filter(pk__in=wanted, archived_at=None))
    return programme(parts, policy.pk)
