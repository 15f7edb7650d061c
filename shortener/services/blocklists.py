"""The blocklist: rules that moderators keep, asked for each new target, and once a night for every link there is."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from shortener.domain import blocklists
from shortener.domain.blocklists import Rules
from shortener.exceptions import AlreadyBanned, InvalidBlockRule
from shortener.models import AbuseReport, Ban, BlockRule, Link
from shortener.selectors import finding, moderation
from shortener.services import bans, sweeps

MOST_PATTERNS = 500
MOST_LINES = 20_000
REASON = 500
BATCH = 5000
NIGHT_HOUR = 2
FOUND = "blocklist"
PORTAL = Actor.system("blocklist")
_known: ContextVar[dict[str, Rules] | None] = ContextVar("blocklist_rules", default=None)

ASKED = """
SELECT kind, value FROM shortener_blockrule WHERE kind = 'pattern' OR value = ANY(%s)
UNION ALL
SELECT 'ban', value FROM shortener_ban WHERE kind = 'host' AND lifted_at IS NULL AND value = ANY(%s)
"""


@dataclass(slots=True)
class Imported:
    """What became of a pasted list: new rules, those that stood there already, and errors by line number."""

    added: int = 0
    known: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def problem_of(*, host: str, address: str) -> str | None:
    """Why an address may not be shortened; one query, or one per host within `asked_once`."""
    return blocklists.problem(host=host, address=address, rules=_rules_for(host))


@contextmanager
def asked_once() -> Iterator[None]:
    """Within this block the rules of a host are asked once: for a batch of targets that is written at one moment."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def _rules_for(host: str) -> Rules:
    known = _known.get()
    if known is not None and host in known:
        return known[host]
    names = blocklists.suffixes(host)
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [names, names])
        rules = _rules(cursor.fetchall())
    if known is not None:
        known[host] = rules
    return rules


def add_rule(*, actor: Actor, kind: str, value: str, reason: str = "", now: datetime) -> BlockRule:
    """Adds a rule; a repeat gives the one that stands. Raises InvalidBlockRule with all field errors."""
    actor.require_administrator()
    cleaned, problem = _clean(kind, value)
    errors = {"value": [problem]} if problem else {}
    if kind not in BlockRule.Kind.values:
        errors = {"kind": ["Choose host, pattern or allow."]}
    if len(reason) > REASON or "\0" in reason:
        errors["reason"] = [f"Use at most {REASON} characters that print."]
    if not errors and _is_full(kind):
        errors = {"kind": [f"There are {MOST_PATTERNS} patterns already; name hosts instead."]}
    if errors:
        raise InvalidBlockRule(fields=errors)
    with transaction.atomic():
        defaults = {"reason": reason.strip(), "created_by_id": actor.user_id, "created_at": now}
        rule, is_new = BlockRule.objects.get_or_create(kind=kind, value=cleaned, defaults=defaults)
        if is_new:
            audit.record(actor=actor, action="block_rule.created", target=rule, after=snapshot(rule), now=now)
    return rule


def remove_rule(*, actor: Actor, rule: BlockRule, now: datetime) -> None:
    """Removes a rule; links that were refused for it can be made from now on."""
    actor.require_administrator()
    with transaction.atomic():
        audit.record(actor=actor, action="block_rule.deleted", target=rule, before=snapshot(rule), now=now)
        rule.delete()


def import_rules(*, actor: Actor, text: str, reason: str = "", now: datetime) -> Imported:
    """Adds a pasted list: a host or a pattern per line, also of hosts files and filter lists.

    Good lines are stored although others are bad; importing the list again changes nothing.
    """
    actor.require_administrator()
    lines = blocklists.lines_of(text)
    if len(lines) > MOST_LINES:
        raise InvalidBlockRule(fields={"text": [f"Paste at most {MOST_LINES} lines at once."]})
    if len(reason) > REASON or "\0" in reason:
        raise InvalidBlockRule(fields={"reason": [f"Use at most {REASON} characters that print."]})
    done, wanted = Imported(), dict[tuple[str, str], None]()
    for number, entry in lines:
        kind = BlockRule.Kind.PATTERN if set("*/?") & set(entry.removeprefix("https://")) else BlockRule.Kind.HOST
        value, problem = _clean(kind, entry)
        if problem:
            done.problems.append((number, problem))
        else:
            wanted[(kind, value)] = None
    return _added(actor, wanted, reason, done, now)


def recheck_due(*, now: datetime) -> int:
    """Looks at the next links of this night's round; returns how many were found blocked.

    They are reported to the moderators, once for each reason, or banned at once where the operator says so.
    """
    with sweeps.alone("blocklist") as is_alone, transaction.atomic():
        if not is_alone:
            return 0
        cursor = sweeps.cursor_of("blocklist", start=now - timedelta(days=1))
        is_running = cursor.position > 0
        if not is_running and (now.date() <= cursor.at.date() or now.hour < NIGHT_HOUR):
            return 0
        rules = _all_rules()
        links = list(
            Link.objects.present()
            .filter(pk__gt=cursor.position, ban=None)
            .select_related("domain")
            .order_by("pk")[:BATCH]
        )
        is_over = len(links) < BATCH
        sweeps.moved(cursor, at=now, position=0 if is_over else links[-1].pk)
        return sum(_reported(link, rules, now) for link in links)


def snapshot(rule: BlockRule) -> dict[str, str]:
    return {"kind": rule.kind, "value": rule.value, "reason": rule.reason}


def addresses_of(link: Link) -> list[str]:
    """Every address that a link may lead to."""
    found = [link.target, link.expired_target]
    for rule in link.rules:
        found.append(rule.get("target") or "")
        found += [variant.get("target") or "" for variant in rule.get("variants") or []]
    return [address for address in dict.fromkeys(found) if address]


def _added(actor: Actor, wanted: Iterable[tuple[str, str]], reason: str, done: Imported, now: datetime) -> Imported:
    rows = [
        BlockRule(kind=kind, value=value, reason=reason.strip(), created_by_id=actor.user_id, created_at=now)
        for kind, value in wanted
    ]
    with transaction.atomic():
        before = BlockRule.objects.count()
        patterns = BlockRule.objects.filter(kind="pattern").count() + sum(row.kind == "pattern" for row in rows)
        if patterns > MOST_PATTERNS:
            raise InvalidBlockRule(fields={"text": [f"There can be {MOST_PATTERNS} patterns; name hosts instead."]})
        BlockRule.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
        done.added = BlockRule.objects.count() - before
        done.known = len(rows) - done.added
        if done.added:
            first = BlockRule.objects.order_by("-pk")[0]
            after = {"added": done.added, "reason": reason.strip()}
            audit.record(actor=actor, action="block_rule.imported", target=first, after=after, now=now)
    return done


def _clean(kind: str, value: str) -> tuple[str, str | None]:
    if kind == BlockRule.Kind.PATTERN:
        return blocklists.normal_pattern(value)
    host = moderation.host_named(value.strip()) if value.isprintable() else ""
    return host, blocklists.host_problem(host)


def _is_full(kind: str) -> bool:
    return kind == BlockRule.Kind.PATTERN and BlockRule.objects.filter(kind=kind).count() >= MOST_PATTERNS


def _rules(rows: Iterable[tuple[str, str]]) -> Rules:
    found: dict[str, list[str]] = {"host": [], "pattern": [], "allow": [], "ban": []}
    for kind, value in rows:
        found[kind].append(value)
    return Rules(
        hosts=frozenset(found["host"]),
        patterns=tuple(found["pattern"]),
        allowed=frozenset(found["allow"]),
        banned=frozenset(found["ban"]),
    )


def _all_rules() -> Rules:
    """Every rule; bans are left out, because they mark their links themselves."""
    return _rules(BlockRule.objects.values_list("kind", "value"))


def _reported(link: Link, rules: Rules, now: datetime) -> bool:
    """Whether the link leads to something blocked; then the moderators know of it."""
    for address in addresses_of(link):
        host = moderation.host_named(address)
        found = blocklists.problem(host=host, address=address, rules=rules, shorteners=frozenset())
        if found:
            _tell(link, found, now)
            return True
    return False


def _tell(link: Link, found: str, now: datetime) -> None:
    if settings.PORTAL_BLOCKLIST_BANS:
        try:
            bans.create_ban(actor=PORTAL, kind=Ban.Kind.LINK, value=link.public_id, reason=found, now=now)
        except AlreadyBanned:
            return
        return
    if not AbuseReport.objects.filter(link=link, reason=FOUND, text=found).exists():
        AbuseReport.objects.create(
            link=link, address=finding.short_url(link), reason=FOUND, text=found, reporter=FOUND, created_at=now
        )
