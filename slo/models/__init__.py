"""The tables of probes, counts, SLOs and releases."""

from slo.models.counts import DayCount, HourCount, MinuteCount, RollUp, Sli
from slo.models.objectives import Slo, SloRevision, SloStatus
from slo.models.probes import Probe, ProbeResult
from slo.models.releases import Release

__all__ = [
    "DayCount",
    "HourCount",
    "MinuteCount",
    "Probe",
    "ProbeResult",
    "Release",
    "RollUp",
    "Sli",
    "Slo",
    "SloRevision",
    "SloStatus",
]
