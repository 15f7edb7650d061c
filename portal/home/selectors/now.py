"""What is going on now, read over all apps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import incidents.selectors
import oncall.selectors
import portal.catalog.selectors
import shortener.selectors
from incidents.models import Incident
from oncall.models import Alert
from oncall.selectors import OnCall
from portal.accounts.domain.actors import Actor

SHOWN = 8
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
class NowPage:
    """The first page: everything that asks for a person, worst first, and the counts of all of it."""

    alerts: Sequence[Alert]
    firing: int
    acknowledged: int
    incidents: Sequence[Incident]
    incident_count: int
    overdue_updates: int
    on_call: Sequence[OnCall]
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
    alerts = list(oncall.selectors.open_alerts(actor))
    firing = sum(alert.status == "firing" for alert in alerts)
    on_call = visible_on_call(actor, now)
    return NowPage(
        alerts=alerts[:SHOWN],
        firing=firing,
        acknowledged=len(alerts) - firing,
        incidents=list(incidents.selectors.open_incidents(actor)[:SHOWN]),
        incident_count=incidents.selectors.open_count(actor),
        overdue_updates=incidents.selectors.overdue_updates(actor, now).count(),
        on_call=on_call,
        steps=first_steps(actor, on_call),
    )


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
            shortener.selectors.link_count(actor) > 0,
        ),
    ]
