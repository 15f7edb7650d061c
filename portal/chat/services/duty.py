"""Who is on call, paging them, and taking over."""

from datetime import timedelta

from oncall.domain import alert_states
from oncall.selectors import Schedule
from oncall.selectors import schedules as schedule_reads
from oncall.selectors.schedules import OnCall
from oncall.services import alerts, overrides
from portal.accounts.domain.roles import Role
from portal.chat.domain.commands import Command
from portal.chat.domain.replies import Reply, plain
from portal.chat.domain.spans import said, span_of
from portal.chat.selectors.places import Place, place_of
from portal.chat.services.asker import Asker
from portal.lib.errors import Invalid, PermissionDenied
from portal.lib.ids import new_id

SOURCE = "chat"
HORIZON = timedelta(days=14)
TITLE = 200
MOST = 20
ROLES = ("primary", "secondary", "shadow")


def oncall(asker: Asker, command: Command) -> Reply:
    """Who is on call now, and until when: everywhere, or for one service, team or schedule."""
    visible = schedule_reads.schedules(asker.actor)
    place = place_of(asker.actor, command.text) if command.text else None
    if place is not None and place.schedule_id:
        visible = visible.filter(public_id=place.schedule_id)
    elif place is not None:
        visible = visible.filter(team_id=place.team_id)
    held = schedule_reads.on_call_of(visible, now=asker.now, horizon=HORIZON)
    if not held:
        where = f" for {plain(place.label)}" if place else ""
        return Reply(f"Nobody is on call{where} now. An alert goes down the policy to the administrators.")
    lines = [_line(asker, one) for one in held[:MOST]]
    more = [f"and {len(held) - MOST} more"] if len(held) > MOST else []
    return Reply("\n".join(lines + more))


def page(asker: Asker, command: Command) -> Reply:
    """Raises a critical alert at a team or service: whoever is on call there is paged."""
    if len(command.words) < 2:
        raise Invalid("Say whom and why: `page checkout The cart is gone`.")
    if not alerts.may_raise(asker.actor):
        raise PermissionDenied("Paging needs the role responder in some team.")
    place = place_of(asker.actor, command.words[0])
    text = command.rest(1)
    alert = alerts.open_alert(
        actor=asker.actor,
        team_id=place.team_id,
        service_id=place.service_id,
        source=SOURCE,
        dedup_key=asker.request_key or new_id("chat"),
        title=text[:TITLE],
        severity=alert_states.PAGING,
        detail=text if len(text) > TITLE else "",
        runbook_url=place.runbook_url,
        now=asker.now,
    )
    return Reply(f"{plain(place.label)} is being paged: {plain(alert.title)} (`{alert.public_id}`)", is_public=True)


def override(asker: Asker, command: Command) -> Reply:
    """The asker takes over a role for a while, from now on."""
    words = [word for word in command.words if word.casefold() not in {"me", "for"}]
    length = next((found for word in words if (found := span_of(word))), None)
    if length is None:
        raise Invalid("Say for how long: `override me 2h`.")
    words = [word for word in words if span_of(word) is None]
    role = next((word.casefold() for word in words if word.casefold() in ROLES), "primary")
    name = " ".join(word for word in words if word.casefold() not in ROLES)
    schedule = _schedule_of(asker, place_of(asker.actor, name) if name else None)
    asker.actor.require(Role.RESPONDER, schedule.team_id)
    made = overrides.create_override(
        actor=asker.actor,
        schedule=schedule,
        role=role,
        user_id=asker.user.pk,
        starts_at=asker.now,
        ends_at=asker.now + length,
        reason="Taken over by chat",
        now=asker.now,
    )
    until = asker.local(made.ends_at)
    return Reply(
        f"{plain(asker.user)} is {role} of {plain(schedule.name)} for {said(length)}, until {until}.", is_public=True
    )


def _schedule_of(asker: Asker, place: Place | None) -> Schedule:
    found = schedule_reads.schedules(asker.actor)
    if place is None:
        found = found.filter(team_id__in=asker.actor.team_ids)
    elif place.schedule_id:
        found = found.filter(public_id=place.schedule_id)
    else:
        found = found.filter(team_id=place.team_id)
    shown = list(found[:MOST])
    if len(shown) == 1:
        return shown[0]
    names = ", ".join(plain(one.name) for one in shown)
    raise Invalid(f"Say which schedule: {names}." if shown else "There is no schedule that you could take over.")


def _line(asker: Asker, one: OnCall) -> str:
    schedule = one.schedule
    where = f"{plain(schedule.team.name)}, {plain(schedule.name)}"
    return f"{where}: {plain(one.user)} is {one.role} until {asker.local(one.until)}"
