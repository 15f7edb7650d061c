"""The fault campaign of paging: pagers are killed at the worst moments, servers taken away, and every page is checked.

Alerts are raised all the while, some are acknowledged. In the end each alert that nobody acknowledged must have been
told to everybody whom its steps name, as a receiver in another process saw it; an acknowledged one must have been left
alone but for what was in flight; and whatever came twice must have come with the same id.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from loadtest import receiving
from loadtest.campaign_counts import Crew

PAGERS = ("one", "two", "three")
IN_FLIGHT = 2.0
TIME_PASSES = """
UPDATE oncall_escalationrun SET next_run_at = now() WHERE status = 'active' AND next_run_at > now();
UPDATE oncall_page SET due_at = now() WHERE status = 'pending' AND due_at > now();
"""
LEASES_END = "UPDATE oncall_page SET lease_until = now() WHERE status = 'sending'"
UNSETTLED = """
SELECT (SELECT count(*) FROM oncall_escalationrun WHERE status = 'active')
     + (SELECT count(*) FROM oncall_page WHERE status IN ('pending', 'sending'))
"""


def commands() -> dict[str, list[str]]:
    """The pagers; the last one's clock is an hour ahead."""
    found = {name: ["manage.py", "pager"] for name in PAGERS}
    return found | {"ahead": ["-m", "loadtest.campaign_pages", "3600"]}


@dataclass
class World:
    """The alerts of a campaign as the driver knows them. `acknowledged` is by public id, in seconds since 1970."""

    crew: Crew
    port: int
    execute: Callable[[str], object]
    chance: random.Random
    team_id: int = 0
    number: int = 0
    kills: int = 0
    acknowledged: dict[str, float] = field(default_factory=dict)

    def kill(self, *names: str) -> None:
        """Ends pagers without warning and starts them again."""
        for name in names:
            self.crew.kill(name)
            self.kills += 1
        for name in names:
            self.crew.start(name)

    def kill_all_pagers(self) -> None:
        """All at once; the leases that they held end, as they would in time."""
        names = list(self.crew.running)
        for name in names:
            self.crew.kill(name)
            self.kills += 1
        persist(lambda: self.execute(LEASES_END))
        for name in names:
            self.crew.start(name)

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


def faults(world: World, servers: Mapping[str, Callable[[], object]]) -> dict[str, Callable[[], object]]:
    """Everything that is done, by name; `servers` are what is done to PostgreSQL and Valkey."""
    return dict(servers) | {
        "one pager killed": lambda: world.kill(world.chance.choice(PAGERS)),
        "all killed before sending": lambda: _when(world, _has_pending, world.kill_all_pagers),
        "all killed while accepting": lambda: _when(world, _is_busy, world.kill_all_pagers),
        "pager an hour ahead": lambda: world.kill("ahead"),
        "ack races tick": lambda: _ack_race(world),
        "policy edited": lambda: _edit_policy(world),
        "policy deleted": lambda: _delete_policy(world),
        "user deactivated": lambda: _deactivate(world),
        "silence of 25 h": lambda: _silence(world),
    }


def campaign(world: World, done: Mapping[str, Callable[[], object]], *, kills: int, longest_gap: float) -> Counter[str]:
    """Does faults at moments that chance decides until so many processes were killed, each kind as often as others.

    Behind a fault that kills nothing a pager is killed.
    """
    counted: Counter[str] = Counter()
    while world.kills < kills:
        names = sorted(done)
        world.chance.shuffle(names)
        for name in names:
            world.raise_alert()
            time.sleep(world.chance.uniform(0.0, longest_gap))
            persist(lambda: world.execute(TIME_PASSES))
            before = world.kills
            done[name]()
            counted[name] += 1
            if world.kills == before:
                world.kill(world.chance.choice(PAGERS))
    return counted


def settle(world: World, ask: Callable[[str], list[tuple[Any, ...]]], seconds: float) -> None:
    """Lets time pass until nobody is left to ask and nothing waits."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        persist(lambda: world.execute(TIME_PASSES))
        time.sleep(0.5)
        if ask(UNSETTLED)[0][0] == 0:
            return


@dataclass(frozen=True)
class Books:
    """What came of it; the last five must be zero."""

    alerts: int
    acknowledged: int
    pages: int
    came: int
    came_twice_with_the_same_id: int
    kills: int
    lost: int
    unsettled: int
    after_ack: int
    unknown_ids: int
    other_ids: int

    @property
    def wrong(self) -> int:
        """How much is wrong, all together."""
        return self.lost + self.unsettled + self.after_ack + self.unknown_ids + self.other_ids


def compare(world: World, ask: Callable[[str], list[tuple[Any, ...]]]) -> Books:
    """Holds the rows against what the receiver saw; nobody may run any more.

    Ben, whose account is ended for a while, may be passed over, or refused when his page leaves: the history says so.
    """
    from django.db.models import Q

    from oncall.models import Alert, AlertEvent, Page

    came = receiving.ask(world.port, "/came")
    by_id = Counter(page_id for page_id, *_ in came)
    places: dict[tuple[str, str], set[str]] = {}
    rows = {page.public_id: page for page in Page.objects.select_related("run__alert", "user")}
    seen = {(rows[one].run.alert.public_id, path) for one, _, path, _ in came if one in rows}
    for page in (rows[one] for one in by_id if one in rows):
        place = f"{page.loop} {page.step} {page.user_id} {page.rule}"
        places.setdefault((page.run.alert.public_id, place), set()).add(page.public_id)
    gone = Q(kind="skipped") | Q(kind="page_failed", detail__contains="The account has been deactivated.")
    skipped = set(AlertEvent.objects.filter(gone).values_list("alert__public_id", flat=True))
    open_ones = [one.public_id for one in Alert.objects.exclude(status="acknowledged")]
    wanted = [(one, path) for one in open_ones for path in ("/anna", "/ben", "/root")]
    missing = [one for one in wanted if one not in seen and not (one[1] == "/ben" and one[0] in skipped)]
    sent = [page for page in rows.values() if page.status == "sent" and not by_id[page.public_id]]
    late = [alert for _, alert, _, at in came if at > world.acknowledged.get(alert, at) + IN_FLIGHT]
    return Books(
        alerts=Alert.objects.count(),
        acknowledged=len(world.acknowledged),
        pages=len(rows),
        came=len(came),
        came_twice_with_the_same_id=sum(number - 1 for number in by_id.values()),
        kills=world.kills,
        lost=len(missing) + len(sent),
        unsettled=ask(UNSETTLED)[0][0],
        after_ack=len(late),
        unknown_ids=len(set(by_id) - set(rows)),
        other_ids=sum(len(ids) - 1 for ids in places.values()),
    )


def table(books: Books, done: Counter[str]) -> str:
    """The faults and the books as text."""
    lines = [f"{name:32}{number:8}" for name, number in sorted(done.items())]
    lines += ["-" * 40]
    lines += [f"{name.replace('_', ' '):32}{value:8}" for name, value in vars(books).items()]
    return "\n".join(lines)


def _when(world: World, condition: Callable[[World], bool], then: Callable[[], None]) -> None:
    """Raises an alert and acts the moment that `condition` holds, or after a while."""
    world.raise_alert()
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        with suppress(OSError):
            if persist(lambda: condition(world)):
                break
        time.sleep(0.005)
    then()


def _has_pending(_: World) -> bool:
    from oncall.models import Page

    return Page.objects.filter(status="pending").exists()


def _is_busy(world: World) -> bool:
    return bool(receiving.ask(world.port, "/busy"))


def _ack_race(world: World) -> None:
    alert = world.raise_alert()
    time.sleep(world.chance.uniform(0.0, 0.5))
    world.acknowledge(alert)


def _edit_policy(world: World) -> None:
    """The steps in another order from now on; the runs under way keep theirs."""
    from oncall.models import EscalationPolicy

    def edit() -> None:
        policy = EscalationPolicy.objects.filter(team_id=world.team_id, is_default=True).get()
        steps = policy.plan["steps"]
        policy.plan["steps"] = [steps[2], steps[1], steps[0], *steps[3:]]
        policy.save()

    persist(edit)


def _delete_policy(world: World) -> None:
    """Deleted while runs walk it, and made anew."""
    from oncall.models import EscalationPolicy

    def replace() -> None:
        policy = EscalationPolicy.objects.filter(team_id=world.team_id, is_default=True).get()
        plan = policy.plan
        policy.delete()
        EscalationPolicy.objects.create(team_id=world.team_id, name="Ours", plan=plan)

    world.raise_alert()
    persist(replace)


def _deactivate(world: World) -> None:
    """Ben is gone for a while; he is passed over and nobody waits for him."""
    ben = "UPDATE accounts_user SET is_active = {} WHERE email = 'ben@campaign.test'"
    persist(lambda: world.execute(ben.format("false")))
    world.raise_alert()
    time.sleep(world.chance.uniform(0.1, 0.8))
    persist(lambda: world.execute(ben.format("true")))


def _silence(world: World) -> None:
    """An alert in a silence whose 25 hours then pass; it must page after all."""
    from oncall.models import Alert, Silence

    title = f"Hush {world.number}"
    now = datetime.now(UTC)
    matchers = [{"name": "title", "op": "=", "value": title}]
    facts = {"team_id": world.team_id, "comment": "campaign", "author": "campaign", "created_at": now}
    silence = persist(
        lambda: Silence.objects.create(matchers=matchers, starts_at=now, ends_at=now + timedelta(hours=25), **facts)
    )
    alert = world.raise_alert(title)
    time.sleep(0.3)
    past = {"starts_at": now - timedelta(hours=25), "ends_at": now - timedelta(seconds=1)}
    persist(lambda: Silence.objects.filter(pk=silence.pk).update(**past))
    persist(lambda: Alert.objects.filter(pk=alert.pk).exclude(held_by="").update(held_until=now))


def run_with_moved_clock(seconds: float) -> None:
    """A pager whose own clock is wrong by so much."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    right = time.time
    time.time = lambda: right() + seconds
    timezone.now = lambda: datetime.fromtimestamp(time.time(), UTC)
    call_command("pager")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    run_with_moved_clock(float(sys.argv[1]))
