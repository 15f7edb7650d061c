"""What this app refuses."""

from portal.lib.errors import Conflict, Invalid, NotFound


class SloNotFound(NotFound):
    code = "slo-not-found"
    title = "There is no such SLO, or you may not see it."


class SlaNotFound(NotFound):
    code = "sla-not-found"
    title = "This SLO has no SLA beside it."


class ProbeNotFound(NotFound):
    code = "probe-not-found"
    title = "There is no such probe, or you may not see it."


class SliNotFound(NotFound):
    code = "sli-not-found"
    title = "There is no such SLI, or you may not see it."


class CorrectionNotFound(NotFound):
    code = "correction-not-found"
    title = "There is no such correction, or you may not see it."


class MaintenanceNotFound(NotFound):
    code = "maintenance-not-found"
    title = "There is no such maintenance window, or you may not see it."


class ReleaseNotFound(NotFound):
    code = "release-not-found"
    title = "There is no such release, or you may not see it."


class EvaluationNotFound(NotFound):
    code = "gate-evaluation-not-found"
    title = "The gate gave no such answer, or you may not see it."


class OverrideNotFound(NotFound):
    code = "gate-override-not-found"
    title = "There is no such override, or you may not see it."


class ReleaseIsOver(Conflict):
    code = "release-is-over"
    title = "A release that failed or was rolled back does not move any more."


class ReleaseOfAnotherVersion(Conflict):
    code = "release-of-another-version"
    title = "This external id belongs to a release of another version."


class CorrectionRevoked(Conflict):
    code = "correction-revoked"
    title = "This correction is revoked already."


class MaintenanceCancelled(Conflict):
    code = "maintenance-cancelled"
    title = "This maintenance window is cancelled already."


class SloIsAPart(Conflict):
    code = "slo-is-a-part"
    title = "Other SLOs are composed of this one."


class TierNotFound(NotFound):
    code = "tier-not-found"
    title = "There is no such tier."


class SloArchived(Conflict):
    code = "slo-archived"
    title = "An archived SLO does not change any more."


class RuleCannotFire(Invalid):
    code = "rule-cannot-fire"
    title = "A rule could never fire at this objective."


class UnknownSource(Invalid):
    code = "unknown-source"
    title = "There is no such source."


class ResourceNotFound(NotFound):
    code = "resource-not-found"
    title = "There is no such resource, or you may not see it."


class ResourceArchived(Conflict):
    code = "resource-archived"
    title = "An archived resource does not change any more."


class KnownEventNotFound(NotFound):
    code = "known-event-not-found"
    title = "There is no such event, or you may not see it."


class PlanNotFound(NotFound):
    code = "capacity-plan-not-found"
    title = "There is no such plan or step, or you may not see it."


class NotPushed(Conflict):
    code = "sli-not-pushed"
    title = "This SLI takes no pushed counts."


class PrometheusServerNotFound(NotFound):
    code = "prometheus-server-not-found"
    title = "There is no such server, or you may not see it."


class HeartbeatNotFound(NotFound):
    code = "heartbeat-not-found"
    title = "There is no such heartbeat, or you may not see it."


class QueryTooSlow(Invalid):
    code = "query-too-slow"
    title = "The query took more than five seconds. Ask for a shorter time, one service or fewer lines."


class SavedQueryNotFound(NotFound):
    code = "saved-query-not-found"
    title = "There is no such query, or you may not see it."
