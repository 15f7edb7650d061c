"""The tables of the app, by noun."""

from oncall.models.alerts import Alert, AlertEvent
from oncall.models.contacts import ContactMethod
from oncall.models.escalations import EscalationPolicy, EscalationRun
from oncall.models.integrations import Integration
from oncall.models.pagers import PagerHeartbeat, WatchNotice
from oncall.models.pages import Page, PageAttempt
from oncall.models.schedules import Override, Schedule, ScheduleMember, ScheduleVersion

__all__ = [
    "Alert",
    "AlertEvent",
    "ContactMethod",
    "EscalationPolicy",
    "EscalationRun",
    "Integration",
    "Override",
    "Page",
    "PageAttempt",
    "PagerHeartbeat",
    "Schedule",
    "ScheduleMember",
    "ScheduleVersion",
    "WatchNotice",
]
