"""The tables of probes, counts, SLOs and releases."""

from slo.models.adjustments import Correction, MaintenanceWindow
from slo.models.agreements import CompositePart, Sla, TierRules
from slo.models.capacity import KnownEvent, LoadTest, Resource, ResourceDay, ResourceSample
from slo.models.capacity_plans import CapacityPlan, PlanBudget, PlanStep
from slo.models.counts import DayCount, HourCount, MinuteCount, RollUp
from slo.models.gates import GateEvaluation, GateOverride, InstanceVersion, VersionShare, VersionSource
from slo.models.heartbeats import Heartbeat, HeartbeatRun, PingDoor
from slo.models.objectives import Slo, SloRevision
from slo.models.policies import ErrorBudgetPolicy, ErrorBudgetPolicyRevision, ReleaseWindow
from slo.models.probe_locations import Location, ProbeLocation
from slo.models.probes import Probe, ProbeResult
from slo.models.queries import OpenSloDocument, SavedQuery
from slo.models.releases import Release, ReleaseStage
from slo.models.slis import Sli
from slo.models.sources import PrometheusFeed, PrometheusServer, PushedMinute
from slo.models.statuses import SloStatus
from slo.models.streams import AdjustedHour, StreamPart

__all__ = [
    "AdjustedHour",
    "CapacityPlan",
    "CompositePart",
    "Correction",
    "DayCount",
    "ErrorBudgetPolicy",
    "ErrorBudgetPolicyRevision",
    "GateEvaluation",
    "GateOverride",
    "Heartbeat",
    "HeartbeatRun",
    "HourCount",
    "InstanceVersion",
    "KnownEvent",
    "LoadTest",
    "Location",
    "MaintenanceWindow",
    "MinuteCount",
    "OpenSloDocument",
    "PingDoor",
    "PlanBudget",
    "PlanStep",
    "Probe",
    "ProbeLocation",
    "ProbeResult",
    "PrometheusFeed",
    "PrometheusServer",
    "PushedMinute",
    "Release",
    "ReleaseStage",
    "ReleaseWindow",
    "Resource",
    "ResourceDay",
    "ResourceSample",
    "RollUp",
    "SavedQuery",
    "Sla",
    "Sli",
    "Slo",
    "SloRevision",
    "SloStatus",
    "StreamPart",
    "TierRules",
    "VersionShare",
    "VersionSource",
]
