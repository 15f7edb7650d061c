"""A run walked by the pager's own tick to its end, beside what its preview said."""

from datetime import datetime
from typing import Any

from oncall.domain import escalation_json
from oncall.domain.escalation_walk import Position
from oncall.models import EscalationPolicy, EscalationRun, Page
from oncall.selectors import programs
from oncall.selectors.foretelling import Foretold
from oncall.services import escalations

MOST_TICKS = 60
Line = tuple[datetime, int, int, str]


def restart(run: EscalationRun, policy: EscalationPolicy, at: datetime) -> None:
    """The run stands at the first step of the policy and is due at `at`."""
    run.snapshot = escalation_json.program_to_json(programs.programme_of(policy), Position())
    run.next_run_at = at
    run.save()


def told(foretold: Foretold) -> list[Line]:
    """When which step of which round asks whom, as the preview says."""
    people = ((ask, user) for ask in foretold.asks for user in ask.asked.people)
    return sorted({(ask.at, ask.loop, ask.step, user.name) for ask, user in people})


def happened(run: EscalationRun) -> list[Line]:
    """The same of the pages that a pager writes which looks whenever the run is due."""
    for _ in range(MOST_TICKS):
        due: Any = EscalationRun.objects.get(pk=run.pk).next_run_at
        if due is None:
            break
        escalations.tick(now=due)
    pages = Page.objects.filter(run=run).select_related("user")
    return sorted({(page.due_at, page.loop, page.step, page.user.name) for page in pages if page.user})
