"""The tables of the shortener, a module per noun.

`domains` and `links` are what people make; `clicks` what edges deliver and what is counted; `hygiene` bans, blocklists,
reports and target checks; `webhooks`, `imports`, `library` and `usage` what their names say.
"""

from shortener.models.clicks import (
    Click,
    ClickDay,
    ClickFacet,
    ClickHour,
    ClickMinute,
    ClickMonth,
    DrainDay,
    EdgeArchive,
    EdgeCursor,
    FacetDelta,
    FacetFold,
    LinkTotal,
    MinuteOutcome,
    OrphanDay,
    ScopeDay,
    ScopeFacet,
    ScopeHour,
    Segment,
    VisitorCount,
    VisitorKey,
)
from shortener.models.domains import Domain
from shortener.models.hygiene import AbuseReport, Ban, BlockRule, SweepCursor, TargetCheck
from shortener.models.imports import ImportedVisits, ImportJob, ImportRowError
from shortener.models.library import SavedFilter, UtmTemplate
from shortener.models.links import Link, LinkChange, LinkState
from shortener.models.usage import OwnerMonth, Quota, WeeklyMail
from shortener.models.webhooks import Webhook, WebhookAttempt, WebhookDelivery

__all__ = [
    "AbuseReport",
    "Ban",
    "BlockRule",
    "Click",
    "ClickDay",
    "ClickFacet",
    "ClickHour",
    "ClickMinute",
    "ClickMonth",
    "Domain",
    "DrainDay",
    "EdgeArchive",
    "EdgeCursor",
    "FacetDelta",
    "FacetFold",
    "ImportJob",
    "ImportRowError",
    "ImportedVisits",
    "Link",
    "LinkChange",
    "LinkState",
    "LinkTotal",
    "MinuteOutcome",
    "OrphanDay",
    "OwnerMonth",
    "Quota",
    "SavedFilter",
    "ScopeDay",
    "ScopeFacet",
    "ScopeHour",
    "Segment",
    "SweepCursor",
    "TargetCheck",
    "UtmTemplate",
    "VisitorCount",
    "VisitorKey",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WeeklyMail",
]
