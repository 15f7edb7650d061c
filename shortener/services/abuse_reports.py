"""Reports of abuse: taken from anybody, decided by moderators, a whole case at once."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit, mails
from shortener.domain import budgets as budget_rules
from shortener.domain.report_texts import REASONS
from shortener.exceptions import AlreadyBanned, InvalidReport
from shortener.models import AbuseReport, Ban, Link
from shortener.selectors import finding, moderation
from shortener.services import bans, budgets, visitor_keys

LONGEST = 2000
NOTE = 2000
DECISIONS = ("dismiss", "ban_link", "ban_host", "ban_owner")


def create_report(*, values: Mapping[str, str], client: str, now: datetime) -> AbuseReport:
    """Stores a report of a link that exists. InvalidReport's errors are keys of `report_texts.TEXTS`.

    `client` is the reporter's address: it is counted (BudgetSpent), and kept as a mark of the day only. Reporting the
    same link again on that day changes nothing while the first report is open.
    """
    budget = budget_rules.parse(settings.PORTAL_REPORTS_PER_CLIENT)
    budgets.spend(name="Reports per address", key=f"reports:{_digest(client)}", budget=budget, now=now)
    link = moderation.link_named(values.get("address", ""))
    errors = _errors(values, link)
    if errors or link is None:
        raise InvalidReport(fields=errors)
    mark = _mark(client, now)
    same = AbuseReport.objects.filter(link=link, reporter=mark, state=AbuseReport.State.OPEN).first()
    if same is not None:
        return same
    facts = {name: values.get(name, "").strip() for name in ("reason", "text", "contact")}
    return AbuseReport.objects.create(
        link=link, address=finding.short_url(link), reporter=mark, created_at=now, **facts
    )


def decide(*, actor: Actor, report: AbuseReport, decision: str, note: str = "", host: str = "", now: datetime) -> int:
    """Closes every open report of the case, banning what the decision says; returns how many reports that were.

    Whoever left an address gets a mail. What is banned already is a decision as well. A ban of a host or an owner
    closes the open reports of all links that it holds.
    """
    actor.require_administrator()
    note = note.strip()
    if decision not in DECISIONS or len(note) > NOTE or not note.replace("\n", "").replace("\r", "").isprintable():
        raise InvalidReport(fields=_decision_errors(decision))
    with transaction.atomic():
        ban = None if decision == "dismiss" else _banned(actor, report, decision, note, host, now)
        mine = Q(pk__in=moderation.same_case(report).values("pk"))
        case = mine | Q(link__ban=ban) if ban else mine
        reports = list(AbuseReport.objects.select_for_update(of=["self"]).filter(case, state=AbuseReport.State.OPEN))
        state = AbuseReport.State.BANNED if ban else AbuseReport.State.DISMISSED
        for one in reports:
            _close(one, actor, state, note, now)
        if reports:
            after = {"state": state, "decision": decision, "reports": len(reports), "note": note}
            audit.record(actor=actor, action="abuse_report.decided", target=report, after=after, now=now)
    return len(reports)


def _close(report: AbuseReport, actor: Actor, state: str, note: str, now: datetime) -> None:
    report.state, report.note = state, note
    report.decided_by_id, report.decided_at = actor.user_id, now
    if report.contact:
        text = render_to_string("shortener/mail/report_decided.txt", {"report": report})
        mails.queue(to=report.contact, subject=f"Your report of {report.address}"[:200], text=text, now=now)
    report.contact = ""
    report.save()


def _banned(actor: Actor, report: AbuseReport, decision: str, note: str, host: str, now: datetime) -> Ban:
    link = report.link
    if link is None:
        raise InvalidReport(fields={"decision": ["There is no link to ban."]})
    kind, value = _subject(link, decision, host)
    reason = note or f"Reported: {report.reason}."
    try:
        return bans.create_ban(actor=actor, kind=kind, value=value, reason=reason, now=now)
    except AlreadyBanned:
        return Ban.objects.get(kind=kind, value=value, lifted_at=None)


def _subject(link: Link, decision: str, host: str) -> tuple[str, str]:
    if decision == "ban_link":
        return Ban.Kind.LINK, link.public_id
    if decision == "ban_host":
        return Ban.Kind.HOST, host or moderation.host_named(link.target)
    owner = link.created_by.public_id if link.created_by else link.team.public_id
    return Ban.Kind.OWNER, owner


def _errors(values: Mapping[str, str], link: Link | None) -> dict[str, list[str]]:
    errors = {} if link else {"address": ["unknown"]}
    if values.get("reason") not in REASONS:
        errors["reason"] = ["reason_missing"]
    text = values.get("text", "")
    if len(text) > LONGEST:
        errors["text"] = ["text_long"]
    elif any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
        errors["text"] = ["unprintable"]
    if not _is_contact(values.get("contact", "").strip()):
        errors["contact"] = ["contact_wrong"]
    return errors


def _is_contact(contact: str) -> bool:
    try:
        validate_email(contact or "nobody@example.com")
    except ValidationError:
        return False
    return contact.isprintable()


def _decision_errors(decision: str) -> dict[str, list[str]]:
    if decision not in DECISIONS:
        return {"decision": ["Choose what to do."]}
    return {"note": [f"Use at most {NOTE} characters that print."]}


def _mark(client: str, now: datetime) -> str:
    """Who reports, for one day: the key is thrown away after it."""
    key = visitor_keys.keys_of([now.date()])[now.date()]
    return hmac.new(key, f"report:{client}".encode(), hashlib.sha256).hexdigest()[:32]


def _digest(client: str) -> str:
    return hashlib.sha256(client.encode()).hexdigest()[:20]
