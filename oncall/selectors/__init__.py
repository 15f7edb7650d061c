"""What other apps may read: start here."""

from oncall.models import Alert, Schedule
from oncall.selectors.alerts import alert_events_since, get_alert, open_alerts, settled_keys
from oncall.selectors.panels import service_panel
from oncall.selectors.schedules import OnCall, on_call_now

__all__ = [
    "Alert",
    "OnCall",
    "Schedule",
    "alert_events_since",
    "get_alert",
    "on_call_now",
    "open_alerts",
    "service_panel",
    "settled_keys",
]
