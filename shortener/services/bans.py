"""Bans of links, target hosts and owners: in force on every edge within a second, and lifted as fast.

A ban marks each link that it holds (`Link.ban`); the links' own states stay, and come back when it is lifted. All
links of a ban are marked and published by two statements, however many they are.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.services import audit
from shortener.domain import blocklists
from shortener.domain.targets import normal_host
from shortener.exceptions import AlreadyBanned, InvalidBan, OwnerIsBanned
from shortener.models import Ban, Link, LinkChange
from shortener.selectors import moderation
from shortener.services import changes, sweeps

LOCK = 7007
REASON = 2000
BATCH = 20_000
NOTED = 1000

HELD_BY = {
    "link": "link.public_id = ban.value",
    "host": "shortener_host_suffixes(link.target_hosts) @> ARRAY[ban.value]::text[]",
    "owner": "link.created_by_id = (SELECT id FROM accounts_user WHERE public_id = ban.value)",
    "team": "link.team_id = (SELECT id FROM accounts_team WHERE public_id = ban.value)",
}
# Whether a link is free is asked by a calculation, so that no planner looks through every free link for a host.
MARK = """
UPDATE shortener_link SET ban_id = %s WHERE id IN (
    SELECT link.id FROM shortener_link AS link, (SELECT %s::text AS value) AS ban
    WHERE coalesce(link.ban_id, 0) = 0 AND link.state <> 'deleted' AND {held} ORDER BY link.id FOR UPDATE OF link
) RETURNING id
"""
FITTING = """
WITH link AS (
    SELECT id, public_id, target_hosts, created_by_id, team_id FROM shortener_link
    WHERE {which} AND state <> 'deleted' ORDER BY id FOR UPDATE
), name AS (
    SELECT id, 'link' AS kind, public_id::text AS value FROM link
    UNION ALL SELECT id, 'host', unnest(shortener_host_suffixes(target_hosts)) FROM link
    UNION ALL SELECT link.id, 'owner', person.public_id FROM link JOIN accounts_user person ON person.id = created_by_id
    UNION ALL SELECT link.id, 'owner', team.public_id FROM link JOIN accounts_team team ON team.id = team_id
), fitting AS (
    SELECT name.id, min(ban.id) AS ban_id FROM name JOIN shortener_ban ban USING (kind, value)
    WHERE ban.lifted_at IS NULL GROUP BY name.id
)
"""
FREE = (
    FITTING.replace("{which}", "ban_id = %s")
    + """
UPDATE shortener_link AS held SET ban_id = fitting.ban_id FROM link LEFT JOIN fitting USING (id)
WHERE held.id = link.id RETURNING held.id
"""
)
CATCH_UP = (
    FITTING.replace("{which}", "id = ANY(%s) AND ban_id IS NULL")
    + """
UPDATE shortener_link AS held SET ban_id = fitting.ban_id FROM fitting WHERE held.id = fitting.id RETURNING held.id
"""
)


def create_ban(*, actor: Actor, kind: str, value: str, reason: str, now: datetime) -> Ban:
    """Bans a link (by id or short address), a host with its subdomains, or an owner (a person's mail or id, or a team).

    Raises InvalidBan with all field errors, AlreadyBanned. Links that another ban holds stay with it.
    """
    actor.require_administrator()
    wanted, errors = _named(kind, value.strip())
    if not reason.strip() or len(reason) > REASON or "\0" in reason:
        errors["reason"] = [f"Say why, in at most {REASON} characters."]
    if errors:
        raise InvalidBan(fields=errors)
    with transaction.atomic():
        _alone()
        ban = _inserted(actor, kind, wanted, reason.strip(), now)
        held = "team" if wanted.startswith("tem_") and kind == Ban.Kind.OWNER else kind
        marked = _ids(MARK.replace("{held}", HELD_BY[held]), [ban.pk, wanted])
        after = {"kind": kind, "value": wanted, "reason": ban.reason, "links": len(marked)}
        audit.record(actor=actor, action="ban.created", target=ban, after=after, now=now)
        _note_histories(actor, "link.banned", marked, ban, now)
        changes.publish(marked)
    return ban


def lift_ban(*, actor: Actor, ban: Ban, now: datetime) -> Ban:
    """Frees the links that no other ban fits; a repeat changes nothing."""
    actor.require_administrator()
    with transaction.atomic():
        _alone()
        current = Ban.objects.select_for_update().get(pk=ban.pk)
        if current.lifted_at is None:
            current.lifted_at = now
            current.save()
            freed = _ids(FREE, [current.pk])
            after = {"lifted_at": now, "links": len(freed)}
            audit.record(
                actor=actor, action="ban.lifted", target=current, before={"lifted_at": None}, after=after, now=now
            )
            _note_histories(actor, "link.unbanned", freed, current, now)
            changes.publish(freed)
    return current


def catch_up_due(*, now: datetime) -> int:
    """Marks links that were written while a ban was being made, or led to another host then; returns how many.

    It reads the changes of links from where the last run stopped. They come in the order of commits: none is missed.
    """
    with sweeps.alone("bans") as is_alone, transaction.atomic():
        if not is_alone:
            return 0
        cursor = sweeps.cursor_of("bans", start=now)
        rows = LinkChange.objects.filter(seq__gt=cursor.position).order_by("seq").values_list("seq", "link_id")[:BATCH]
        found = list(rows)
        if not found:
            return 0
        marked = _ids(CATCH_UP, [sorted({link_id for _, link_id in found})]) if _any_in_force() else []
        sweeps.moved(cursor, at=now, position=found[-1][0])
        if marked:
            changes.publish(marked)
    return len(marked)


def require_free(*, actor: Actor, team_id: int) -> None:
    """Raises OwnerIsBanned when this person, or the team, may make no links."""
    owners = Q(value__in=Team.objects.filter(pk=team_id).values("public_id"))
    if actor.user_id is not None:
        owners |= Q(value__in=User.objects.filter(pk=actor.user_id).values("public_id"))
    if Ban.objects.filter(owners, kind=Ban.Kind.OWNER, lifted_at=None).exists():
        raise OwnerIsBanned


def _note_histories(actor: Actor, action: str, ids: list[int], ban: Ban, now: datetime) -> None:
    """Puts it into the histories of the links; of very many links the newest have to do."""
    links = Link.objects.filter(pk__in=sorted(ids)[-NOTED:], ban__isnull=action == "link.unbanned")
    audit.record_many(actor=actor, action=action, made=[(link, {"ban": ban.reason}) for link in links], now=now)


def _any_in_force() -> bool:
    return Ban.objects.filter(lifted_at=None).exists()


def _named(kind: str, value: str) -> tuple[str, dict[str, list[str]]]:
    """The stored name of what is banned, and the errors of kind and value."""
    finders = {"link": _link, "host": _host, "owner": _owner}
    if kind not in finders:
        return "", {"kind": ["Choose link, host or owner."]}
    if not value.isprintable():
        return "", {"value": ["The text contains characters that do not print."]}
    found, problem = finders[kind](value)
    return found, {"value": [problem]} if problem else {}


def _link(value: str) -> tuple[str, str]:
    link = moderation.link_named(value)
    return (link.public_id, "") if link else ("", "There is no such link; give its id or its short address.")


def _host(value: str) -> tuple[str, str]:
    host = normal_host(moderation.host_named(value))
    return host, blocklists.host_problem(host) or ""


def _owner(value: str) -> tuple[str, str]:
    person = User.objects.filter(Q(public_id=value) | Q(email=value)).first()
    if person is not None:
        return person.public_id, ""
    team = Team.objects.filter(Q(public_id=value) | Q(slug=value)).first()
    return (team.public_id, "") if team else ("", "There is no such person or team; give a mail address or an id.")


def _inserted(actor: Actor, kind: str, value: str, reason: str, now: datetime) -> Ban:
    try:
        with transaction.atomic():
            return Ban.objects.create(
                kind=kind, value=value, reason=reason, created_by_id=actor.user_id, created_at=now
            )
    except IntegrityError as error:
        raise AlreadyBanned(f"{value} is banned already.") from error


def _alone() -> None:
    """Bans are made and lifted one after the other, so that no two of them wait for each other's links."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _ids(statement: str, arguments: Iterable[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(arguments))
        return [row[0] for row in cursor.fetchall()]
