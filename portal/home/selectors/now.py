"""What is going on now, read over all apps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

import incidents.selectors
import oncall.selectors
import portal.catalog.selectors
import postmortems.selectors
import shortener.selectors
import slo.selectors
from incidents.selectors import Incident
from oncall.selectors import Alert, OnCall
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.lib.charts import Gauge
from postmortems.selectors import ActionItem
from slo.selectors import SloStatus

SHOWN = 8
URGENCY = ("critical", "warning", "info")
SHIFT_HORIZON = timedelta(days=8)


@dataclass(frozen=True)
class Step:
    """One thing that a new portal still needs; `url_name` leads to where it is done."""

    title: str
    text: str
    url_name: str
    icon: str
    done: bool


@dataclass(frozen=True)
class AlertRow:
    """An open alert, and whether the reader may acknowledge it."""

    alert: Alert
    may_acknowledge: bool


@dataclass(frozen=True)
class Budget:
    """The status of an SLO with a bar of what is left of its budget."""

    status: SloStatus
    gauge: Gauge


@dataclass(frozen=True)
class SloCounts:
    """How many SLOs there are, how many burn, and how many are out of budget."""

    total: int
    burning: int
    violated: int


@dataclass(frozen=True)
class NowPage:
    """The first page: everything that asks for a person, worst first, and the counts of all of it."""

    alerts: Sequence[AlertRow]
    firing: int
    acknowledged: int
    incidents: Sequence[Incident]
    incident_count: int
    overdue_updates: int
    on_call: Sequence[OnCall]
    budgets: Sequence[Budget]
    slos: SloCounts
    overdue_actions: Sequence[ActionItem]
    overdue_action_count: int
    steps: Sequence[Step]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing asks for anybody."""
        return not (self.alerts or self.incidents or self.overdue_updates)

    @property
    def is_set_up(self) -> bool:
        """Whether every first step was done."""
        return all(step.done for step in self.steps)


def now_page(actor: Actor, now: datetime) -> NowPage:
    """The page for one reader: only what `actor` may see."""
    alerts = sorted(oncall.selectors.open_alerts(actor), key=urgency)
    firing = sum(alert.status == "firing" for alert in alerts)
    on_call = visible_on_call(actor, now)
    overdue = postmortems.selectors.overdue_action_items(actor, now)
    return NowPage(
        alerts=[alert_row(actor, alert) for alert in alerts[:SHOWN]],
        firing=firing,
        acknowledged=len(alerts) - firing,
        incidents=list(incidents.selectors.open_incidents(actor)[:SHOWN]),
        incident_count=incidents.selectors.open_incidents(actor).count(),
        overdue_updates=incidents.selectors.overdue_updates(actor, now).count(),
        on_call=on_call,
        budgets=worst_budgets(actor),
        slos=slo_counts(actor),
        overdue_actions=list(overdue.select_related("owner", "postmortem")[:SHOWN]),
        overdue_action_count=overdue.count(),
        steps=first_steps(actor, on_call),
    )


def urgency(alert: Alert) -> tuple[bool, int, datetime]:
    """Sorts firing before acknowledged, critical before the rest, and the longest waiting first."""
    return alert.status != "firing", URGENCY.index(alert.severity), alert.started_at


def alert_row(actor: Actor, alert: Alert) -> AlertRow:
    """The alert with what the reader may do about it."""
    return AlertRow(alert, alert.status == "firing" and actor.may(Role.RESPONDER, alert.team_id))


def worst_budgets(actor: Actor) -> list[Budget]:
    """The SLOs with the least budget left."""
    return [
        Budget(status, Gauge(title="Budget left", ratio=status.remaining_ratio))
        for status in slo.selectors.statuses(actor)[:SHOWN]
    ]


def slo_counts(actor: Actor) -> SloCounts:
    """Counts over all SLOs that `actor` may see, in one query."""
    found = slo.selectors.statuses(actor).order_by()
    counts = found.aggregate(
        total=Count("pk"), burning=Count("pk", filter=~Q(firing=[])), violated=Count("pk", filter=Q(state="violated"))
    )
    return SloCounts(**counts)


def visible_on_call(actor: Actor, now: datetime) -> list[OnCall]:
    """Who is on call, without the schedules of private teams that `actor` is not in."""
    found = oncall.selectors.on_call_now(now=now, horizon=SHIFT_HORIZON)
    return [one for one in found if may_see_team(actor, one)]


def may_see_team(actor: Actor, one: OnCall) -> bool:
    """Whether the schedule's team is open to `actor`."""
    team = one.schedule.team
    return not team.is_private or actor.is_administrator or team.pk in actor.team_ids


def first_steps(actor: Actor, on_call: Sequence[OnCall]) -> list[Step]:
    """What a new portal needs before it can page anybody, and what is there already."""
    return [
        Step(
            "Add a service",
            "Name what you run, who owns it and where its runbook is.",
            "service_create",
            "server-2",
            portal.catalog.selectors.services(actor).exists(),
        ),
        Step(
            "Set an SLO",
            "Say how often the service must work; its error budget decides about pages and releases.",
            "slo_create",
            "target-arrow",
            slo.selectors.statuses(actor).exists(),
        ),
        Step(
            "Put somebody on call",
            "A weekly rotation with a primary and a secondary decides who is paged.",
            "oncall_home",
            "phone",
            bool(on_call),
        ),
        Step(
            "Make a short link",
            "Follow it, and its clicks and its reliability show up here.",
            "link_create",
            "link",
            shortener.selectors.links(actor).exists(),
        ),
    ]
