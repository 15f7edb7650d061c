"""A run walked by the pager's own tick to its end, beside what its preview said."""

from datetime import datetime
from typing import Any

from oncall.domain import escalation_json
from oncall.domain.escalation_walk import Position
from oncall.models import Alert, EscalationPolicy, EscalationRun, Page
from oncall.selectors import foretelling, programs
from oncall.selectors.foretelling import Foretold
from oncall.services import escalations

MOST_TICKS = 60
Line = tuple[datetime, int, int, str, str]


def of_alert(alert: Alert) -> tuple[EscalationPolicy, EscalationRun]:
    """The default policy of its team, and its run."""
    return alert.team.escalation_policies.get(), alert.runs.get()


def restart(run: EscalationRun, policy: EscalationPolicy, at: datetime) -> None:
    """The run stands at the first step of the policy and is due at `at`."""
    run.snapshot = escalation_json.program_to_json(programs.programme_of(policy), Position())
    run.next_run_at = at
    run.save()


def told(foretold: Foretold) -> list[Line]:
    """When which step of which round pages whom by what, as the preview says."""
    ways = ((ask, way) for ask in foretold.asks for way in foretelling.ways(ask, "critical"))
    return sorted((way.at, ask.loop, ask.step, way.to, way.channel) for ask, way in ways)


def happened(run: EscalationRun) -> list[Line]:
    """The same of the pages that a pager writes which looks whenever the run is due."""
    for _ in range(MOST_TICKS):
        due: Any = EscalationRun.objects.get(pk=run.pk).next_run_at
        if due is None:
            break
        escalations.tick(now=due)
    pages = Page.objects.filter(run=run).select_related("user", "contact_point")
    return sorted((one.due_at, one.loop, one.step, str(one.user or one.contact_point), one.channel) for one in pages)
