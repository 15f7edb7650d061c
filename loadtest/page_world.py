"""What a fault campaign of paging happens to: a team, its alerts, a receiver, and pagers that are killed.

What a death caught is read from the rows before anybody can mend it: pages that were committed and not taken, taken
and not sent, accepted by the receiver and not written down.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from loadtest import receiving
from loadtest.campaign_counts import Crew

PAGERS = ("one", "two", "three")
AHEAD, BEHIND = "an hour ahead", "an hour behind"
WRONG = {AHEAD: "3600", BEHIND: "-3600"}
NOT_TAKEN, NOT_SENT, NOT_WRITTEN = "committed, not taken", "taken, not sent", "accepted, not written"
LEASES_END = "UPDATE oncall_page SET lease_until = now() WHERE status = 'sending'"
NEWS_REACHES_THE_RECEIVER = 0.1


def commands() -> dict[str, list[str]]:
    """The pagers; the clocks of two are an hour off."""
    found = {name: ["manage.py", "pager"] for name in PAGERS}
    return found | {name: ["-m", "loadtest.wrong_clock", seconds] for name, seconds in WRONG.items()}


@dataclass
class World:
    """The alerts of a campaign as the driver knows them, who was killed behind which fault, and what that caught.

    `acknowledged` is by public id, in seconds since 1970, as are the spans in which Ben's account was `away`.
    """

    crew: Crew
    port: int
    execute: Callable[[str], object]
    chance: random.Random
    team_id: int = 0
    number: int = 0
    fault: str = ""
    kills: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    unwritten: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, float] = field(default_factory=dict)
    away: list[tuple[float, float]] = field(default_factory=list)

    def kill(self, *names: str) -> None:
        """Ends pagers without warning, all at the same instant, and starts them again."""
        self.end(*names)
        for name in names:
            self.crew.start(name)

    def end(self, *names: str) -> None:
        """Ends pagers without warning, all at the same instant."""
        for name in names:
            with suppress(ProcessLookupError):
                os.killpg(self.crew.running[name].pid, signal.SIGKILL)
        for name in names:
            self.crew.kill(name)
            self.kills[self.fault] += 1

    def kill_all_pagers(self) -> Counter[str]:
        """All at once; says what that caught. The leases that they held end, as they would in time."""
        names = list(self.crew.running)
        self.end(*names)
        time.sleep(NEWS_REACHES_THE_RECEIVER)
        found: Counter[str] = persist(self._orphans)
        self.caught += found
        persist(lambda: self.execute(LEASES_END))
        for name in names:
            self.crew.start(name)
        return found

    def raise_alert(self, title: str = "") -> Any:
        """One more alert, whatever is down."""
        from oncall.services import alerts
        from portal.accounts.domain.actors import Actor

        self.number += 1
        told: dict[str, Any] = {
            "title": title or f"Look at {self.number}",
            "severity": "critical",
            "detail": "",
            "service_id": None,
        }
        key: dict[str, Any] = {"source": "campaign", "dedup_key": f"k{self.number}", "team_id": self.team_id}
        actor = Actor.system("campaign")
        return persist(lambda: alerts.open_alert(actor=actor, now=datetime.now(UTC), **key, **told))

    def acknowledge(self, alert: Any) -> None:
        """Takes it on, and remembers when that was committed."""
        from oncall.services import alerts
        from portal.accounts.domain.actors import Actor

        actor = Actor.system("campaign")
        persist(lambda: alerts.acknowledge_alert(actor=actor, alert=alert, now=datetime.now(UTC)))
        self.acknowledged[alert.public_id] = time.time()

    def _orphans(self) -> Counter[str]:
        """The pages that the dead left behind, by where they were; what was accepted is remembered, one by one."""
        from django.db.models import Count

        from oncall.models import Page
        from oncall.selectors import lateness, page_queue

        now = lateness.database_now()
        came = Counter(page_id for page_id, *_ in receiving.ask(self.port, "/came"))
        found = Counter({NOT_TAKEN: page_queue.due(now).filter(status=Page.Status.PENDING).count()})
        for page in Page.objects.filter(status=Page.Status.SENDING).annotate(written=Count("tries")):
            is_out = came[page.public_id] > page.written + self.unwritten[page.public_id]
            found[NOT_WRITTEN if is_out else NOT_SENT] += 1
            self.unwritten[page.public_id] += is_out
        return found


def persist(work: Callable[[], Any]) -> Any:
    """Does `work` until the database lets it."""
    from django.db import Error, connections

    deadline = time.monotonic() + 60
    while True:
        try:
            return work()
        except Error:
            connections.close_all()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def wait_for(condition: Callable[[], Any], seconds: float = 30.0) -> Any:
    """Asks again and again until `condition` holds, or says no after a while; an error is no answer."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(OSError):
            if found := persist(condition):
                return found
        time.sleep(0.005)
    return None


def fill(port: int) -> int:
    """A team whose policy asks Anna, then Ben, then the administrators; all of them are reached by the receiver."""
    from oncall.domain import escalation_json
    from oncall.domain.escalation import Notify, Plan, Target, Wait, notify
    from oncall.models import ContactMethod, EscalationPolicy
    from portal.accounts.models import Membership, Team, User

    team = Team.objects.create(name="Paging", slug="paging")
    users = []
    for name in ("anna", "ben", "root"):
        user = User.objects.create_user(email=f"{name}@campaign.test", name=name)
        url = f"http://127.0.0.1:{port}/{name}"
        ContactMethod.objects.create(user=user, kind="webhook", address=url, position=0, verified_at=datetime.now(UTC))
        users.append(user)
    Membership.objects.create(team=team, user=users[0], role="manager")
    User.objects.filter(pk=users[2].pk).update(is_administrator=True)
    anna, ben = (Notify((Target("person", user.pk),)) for user in users[:2])
    plan = Plan((anna, Wait(5), ben, Wait(5), notify("administrators"), Wait(5)))
    EscalationPolicy.objects.create(team=team, name="Ours", plan=escalation_json.to_snapshot(plan))
    return int(team.pk)
