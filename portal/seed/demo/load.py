"""Loading the demo: refused on a database that holds anything of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

import incidents.selectors
import oncall.selectors
import postmortems.selectors
import shortener.selectors
from portal.accounts.models import Team
from portal.lib.errors import Conflict
from portal.lib.times import floor_hour
from portal.seed.demo import budgets, cast, duty, outages, plan, promises, traffic
from slo.services import statuses

DAYS = 90
SEED = 20260304


class NotEmpty(Conflict):
    code = "database-not-empty"
    title = "The demo goes into an empty database only."


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was made."""

    people: int
    services: int
    links: int
    clicks: int
    incidents: int


@transaction.atomic
def load(*, now: datetime, password: str | None = None, seed: int = SEED, days: int = DAYS) -> Loaded:
    """Writes `days` days that end with the last full hour; the same seed and hour give the same history.

    All or nothing. NotEmpty when there is a link, an alert, an incident, a postmortem or the demo itself.
    """
    refuse_unless_empty()
    end = floor_hour(now)
    start = end - timedelta(days=days)
    random = Random(seed)  # noqa: S311  (plausible, not secret)
    everybody = cast.introduce(password=password, start=start)
    made = traffic.make_links(everybody, start=start)
    clicks = traffic.click(made, start=start, end=end, random=random)
    budgets.watch(everybody, start=start, end=end, random=random)
    promises.promise(everybody, end=end, random=random)
    budgets.release(everybody, start=start, end=end, random=random)
    told = outages.tell(everybody, end=end, random=random)
    duty.serve(everybody, end=end, random=random)
    statuses.refresh_due(now=now)
    return Loaded(len(plan.PEOPLE), len(plan.SERVICES), len(made), clicks, told)


def refuse_unless_empty() -> None:
    """Raises NotEmpty, naming what is there."""
    system = cast.SYSTEM
    found = {
        "links": shortener.selectors.links(system).exists(),
        "alerts": oncall.selectors.open_alerts(system).exists(),
        "incidents": incidents.selectors.incidents(system).exists(),
        "postmortems": postmortems.selectors.postmortems(system).exists(),
        "the demo's team": Team.objects.filter(slug=plan.TEAM[1]).exists(),
    }
    there = [name for name, is_there in found.items() if is_there]
    if there:
        raise NotEmpty(f"The demo goes into an empty database only; this one has {' and '.join(there)}.")
