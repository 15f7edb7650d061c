"""The tables of the app, by noun."""

from oncall.models.alerts import Alert, AlertEvent
from oncall.models.calendars import CalendarFeed, CalendarSource
from oncall.models.contacts import (
    ChatIdentity,
    ChatLinkCode,
    ContactMethod,
    ContactPoint,
    NotificationRule,
    QuietHours,
)
from oncall.models.escalations import EscalationPolicy, EscalationRun, ServicePolicy
from oncall.models.integrations import IncomingEvent, Integration
from oncall.models.pagers import PagerHeartbeat, WatchNotice
from oncall.models.pages import DeliveryReport, Page, PageAttempt
from oncall.models.reviews import AlertReview, CompensationRule
from oncall.models.routing import AlertRoute, InhibitionRule, Silence
from oncall.models.schedules import Override, Schedule, ScheduleMember, ScheduleVersion
from oncall.models.shifts import (
    DutyNotice,
    HandoffNote,
    Shift,
    Swap,
    TimeOff,
)

__all__ = [
    "Alert",
    "AlertEvent",
    "AlertReview",
    "AlertRoute",
    "CalendarFeed",
    "CalendarSource",
    "ChatIdentity",
    "ChatLinkCode",
    "CompensationRule",
    "ContactMethod",
    "ContactPoint",
    "DeliveryReport",
    "DutyNotice",
    "EscalationPolicy",
    "EscalationRun",
    "HandoffNote",
    "IncomingEvent",
    "InhibitionRule",
    "Integration",
    "NotificationRule",
    "Override",
    "Page",
    "PageAttempt",
    "PagerHeartbeat",
    "QuietHours",
    "Schedule",
    "ScheduleMember",
    "ScheduleVersion",
    "ServicePolicy",
    "Shift",
    "Silence",
    "Swap",
    "TimeOff",
    "WatchNotice",
]
