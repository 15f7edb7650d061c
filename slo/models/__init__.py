"""The tables of probes, counts, SLOs and releases."""

from slo.models.adjustments import Correction, MaintenanceWindow
from slo.models.agreements import CompositePart, Sla, TierRules
from slo.models.counts import DayCount, HourCount, MinuteCount, RollUp
from slo.models.objectives import Slo, SloRevision
from slo.models.probes import Probe, ProbeResult
from slo.models.releases import Release
from slo.models.slis import Sli
from slo.models.statuses import SloStatus

__all__ = [
    "CompositePart",
    "Correction",
    "DayCount",
    "HourCount",
    "MaintenanceWindow",
    "MinuteCount",
    "Probe",
    "ProbeResult",
    "Release",
    "RollUp",
    "Sla",
    "Sli",
    "Slo",
    "SloRevision",
    "SloStatus",
    "TierRules",
]
