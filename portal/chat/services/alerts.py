"""Seeing, taking on, ending and snoozing alerts."""

from oncall.selectors import open_alerts
from oncall.services import alerts as alert_writes
from oncall.services import snoozes
from portal.accounts.domain.roles import Role
from portal.chat.domain.commands import Command
from portal.chat.domain.replies import Reply, plain
from portal.chat.domain.spans import said, span_of
from portal.chat.selectors.places import open_alert_of
from portal.chat.services.asker import Asker
from portal.lib.errors import Invalid

MOST = 15


def alerts(asker: Asker, command: Command) -> Reply:
    """The open alerts of the asker's teams, the firing ones first."""
    found = open_alerts(asker.actor).filter(team_id__in=asker.actor.team_ids, lead=None)
    rows = list(found[: MOST + 1])
    if not rows:
        return Reply("No alert of your teams is open.")
    lines = [
        f"`{one.public_id}` {one.severity}, {one.status} since {asker.local(one.started_at)}: {plain(one.title)}"
        for one in rows[:MOST]
    ]
    return Reply("\n".join(lines + ["and more"] * (len(rows) > MOST)))


def ack(asker: Asker, command: Command) -> Reply:
    """Takes an alert on: nobody else is paged for it."""
    alert = open_alert_of(asker.actor, command.text, firing_only=True)
    asker.actor.require(Role.RESPONDER, alert.team_id)
    alert = alert_writes.acknowledge_alert(actor=asker.actor, alert=alert, now=asker.now)
    who = alert.acknowledged_by or asker.user
    return Reply(f"{plain(who)} has taken on: {plain(alert.title)} (`{alert.public_id}`)", is_public=True)


def resolve(asker: Asker, command: Command) -> Reply:
    """Ends an alert."""
    alert = open_alert_of(asker.actor, command.text)
    asker.actor.require(Role.RESPONDER, alert.team_id)
    alert = alert_writes.close_alert(actor=asker.actor, alert=alert, now=asker.now)
    return Reply(f"Resolved by {plain(asker.user)}: {plain(alert.title)} (`{alert.public_id}`)", is_public=True)


def snooze(asker: Asker, command: Command) -> Reply:
    """Pages nobody about an alert for a while."""
    length = next((found for word in command.words if (found := span_of(word))), None)
    if length is None:
        raise Invalid("Say for how long: `snooze alt_k3j9 30m`.")
    handle = next((word for word in command.words if span_of(word) is None and word.casefold() != "for"), "")
    alert = open_alert_of(asker.actor, handle)
    asker.actor.require(Role.RESPONDER, alert.team_id)
    until = asker.now + length
    snoozes.snooze(actor=asker.actor, alert=alert, until=until, now=asker.now)
    return Reply(
        f"Snoozed for {said(length)}, until {asker.local(until)}: {plain(alert.title)} (`{alert.public_id}`)",
        is_public=True,
    )
