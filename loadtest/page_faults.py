"""What is done to paging in its fault campaign: every death of the list, by name."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from loadtest import receiving
from loadtest.page_world import AHEAD, BEHIND, NOT_SENT, NOT_TAKEN, NOT_WRITTEN, PAGERS, World, persist, wait_for

TRIES = 3
BEN_IS_GONE = "UPDATE accounts_user SET is_active = false WHERE name = 'ben'"
BEN_IS_BACK = "UPDATE accounts_user SET is_active = true WHERE name = 'ben'"
TIME_PASSES = """
UPDATE oncall_escalationrun SET next_run_at = now() WHERE status = 'active' AND next_run_at > now();
UPDATE oncall_page SET due_at = now() WHERE status = 'pending' AND due_at > now();
"""


def faults(world: World, servers: Mapping[str, Callable[[], object]]) -> dict[str, Callable[[], object]]:
    """Everything that is done, by name; `servers` are what is done to PostgreSQL and Valkey."""
    return dict(servers) | {
        "one pager killed": lambda: world.kill(world.chance.choice(PAGERS)),
        "two pagers killed": lambda: world.kill(*world.chance.sample(PAGERS, 2)),
        "killed after commit, before send": lambda: _caught(world, _has_pending, NOT_TAKEN, NOT_SENT),
        "killed after accept, before write": lambda: _caught(world, lambda: _is_busy(world), NOT_WRITTEN),
        "pager an hour ahead killed": lambda: world.kill(AHEAD),
        "pager an hour behind killed": lambda: world.kill(BEHIND),
        "only wrong clocks": lambda: _wrong_clocks_alone(world),
        "ack races tick": lambda: _ack_races(world),
        "policy edited in mid-run": lambda: _in_mid_run(world, _edit_policy),
        "policy deleted in mid-run": lambda: _in_mid_run(world, _delete_policy),
        "user deactivated before his turn": lambda: _deactivate_before(world),
        "user deactivated, page under way": lambda: _deactivate_under_way(world),
        "silence of 25 h": lambda: _silence(world),
    }


def _caught(world: World, condition: Callable[[], Any], *moments: str) -> None:
    """Kills everybody the moment that `condition` holds, until one of `moments` was caught or it was tried enough."""
    for _ in range(TRIES):
        world.raise_alert()
        wait_for(condition)
        found = world.kill_all_pagers()
        if any(found[moment] for moment in moments):
            return


def _has_pending() -> bool:
    from oncall.models import Page

    return Page.objects.filter(status__in=("pending", "sending")).exists()


def _is_busy(world: World) -> bool:
    return bool(receiving.ask(world.port, "/busy"))


def _wrong_clocks_alone(world: World) -> None:
    """Only pagers that are an hour off are left; whatever they page is right by the database's clock."""
    world.end(*PAGERS)
    alert = world.raise_alert()
    wait_for(lambda: _pages_of(alert))
    for name in PAGERS:
        world.crew.start(name)


def _ack_races(world: World) -> None:
    for longest in (0.05, 0.3, 0.6):
        alert = world.raise_alert()
        time.sleep(world.chance.uniform(0.0, longest))
        world.acknowledge(alert)


def _in_mid_run(world: World, change: Callable[[World], None]) -> None:
    """The policy changes once a run walks it; the run keeps what it began with."""
    alert = world.raise_alert()
    wait_for(lambda: _pages_of(alert))
    persist(lambda: change(world))


def _pages_of(alert: Any) -> bool:
    from oncall.models import Page

    return Page.objects.filter(run__alert_id=alert.pk).exists()


def _edit_policy(world: World) -> None:
    """The steps in another order from now on."""
    from oncall.models import EscalationPolicy

    policy = EscalationPolicy.objects.filter(team_id=world.team_id, is_default=True).get()
    steps = policy.plan["steps"]
    policy.plan["steps"] = [steps[2], steps[1], steps[0], *steps[3:]]
    policy.save()


def _delete_policy(world: World) -> None:
    """Deleted, and made anew."""
    from django.db import transaction

    from oncall.models import EscalationPolicy

    with transaction.atomic():
        policy = EscalationPolicy.objects.filter(team_id=world.team_id, is_default=True).get()
        plan = policy.plan
        policy.delete()
        EscalationPolicy.objects.create(team_id=world.team_id, name="Ours", plan=plan)


def _deactivate_before(world: World) -> None:
    """Ben is gone when his turn comes; the next are asked at once."""
    gone_at = _set_active(world, is_active=False)
    alert = world.raise_alert()
    persist(lambda: world.execute(TIME_PASSES))
    time.sleep(world.chance.uniform(0.3, 1.2))
    persist(lambda: world.execute(TIME_PASSES))
    wait_for(lambda: _passed_over(alert))
    _set_active(world, is_active=True)
    world.away.append((gone_at, time.time()))


def _deactivate_under_way(world: World) -> None:
    """Ben is gone when his page, which is committed, is about to leave; it is refused and the next are asked."""
    names = list(world.crew.running)
    world.end(*names)
    alert = world.raise_alert()
    wait_for(lambda: _walk_until_ben(world, alert))
    gone_at = _set_active(world, is_active=False)
    for name in names:
        world.crew.start(name)
    wait_for(lambda: _passed_over(alert))
    _set_active(world, is_active=True)
    world.away.append((gone_at, time.time()))


def _walk_until_ben(world: World, alert: Any) -> bool:
    """The ticks of a pager that sends nothing."""
    from oncall.models import Page
    from oncall.selectors import lateness
    from oncall.services import escalations

    world.execute(TIME_PASSES)
    escalations.tick(now=lateness.database_now())
    return Page.objects.filter(run__alert_id=alert.pk, user__name="ben", status="pending").exists()


def _passed_over(alert: Any) -> bool:
    from loadtest.page_books import PASSED_OVER
    from oncall.models import AlertEvent

    return AlertEvent.objects.filter(PASSED_OVER, alert_id=alert.pk).exists()


def _set_active(world: World, *, is_active: bool) -> float:
    at = time.time()
    persist(lambda: world.execute(BEN_IS_BACK if is_active else BEN_IS_GONE))
    return at


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
