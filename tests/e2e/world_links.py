"""The links of the small portal: every kind of link, what surrounds them, and what moderators have to do."""

from datetime import datetime, timedelta
from typing import Any

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.selectors.actors import actor_for_user
from shortener.models import AbuseReport, Link, TargetCheck
from shortener.services import bans, blocklists, clicks, links, saved_filters
from shortener.services.importing import jobs
from tests.factories import shortener

PHONES = {"name": "Phones", "conditions": [{"type": "device", "values": ["phone"]}], "target": "https://m.example.com/"}
SPLIT = {
    "name": "New pricing, for half",
    "conditions": [],
    "variants": [
        {"target": "https://www.example.com/a", "weight": 50},
        {"target": "https://www.example.com/b", "weight": 50},
    ],
}
SOURCES = ("https://news.example/", "https://t.co/x", "")
TABLE = "slug,target,title\nfrom-elsewhere,https://www.example.com/moved,Moved in\n,not an address,Broken\n"


def build(team: Team, alice: User, now: datetime) -> None:
    """Makes the links of `team` with their clicks, and what lies around them."""
    actor = actor_for_user(alice)
    domain = shortener.DomainFactory(name="go.example.com", team=team)
    made = {slug: _link(actor, team, domain, slug, values, now) for slug, values in _described(now).items()}
    _click(made["pricing"], now)
    _surround(actor, team, domain, now)
    _moderate(actor, made, now)
    links.delete_link(actor=actor, link=made["old-campaign"], now=now)


def _described(now: datetime) -> dict[str, dict[str, Any]]:
    return {
        "pricing": {"target": "https://www.example.com/pricing", "title": "Pricing", "rules": [PHONES, SPLIT]},
        "jobs": {"target": "https://jobs.example.com/", "tags": ["people"], "max_visits": 500},
        "board": {"target": "https://docs.example.com/board", "title": "Board papers", "password": "open sesame"},
        "spring": {"target": "https://www.example.com/spring", "expires_at": now + timedelta(seconds=1)},
        "old-campaign": {"target": "https://www.example.com/2024"},
        "reported": {"target": "https://gone.example.net/"},
    }


def _link(actor: Actor, team: Team, domain: Any, slug: str, values: dict[str, Any], now: datetime) -> Link:
    return links.create_link(actor=actor, team_id=team.pk, values=values, slug=slug, domain=domain, now=now)


def _click(link: Link, now: datetime) -> None:
    records = [
        shortener.click(
            link.pk,
            at=now - timedelta(minutes=7 * number),
            address=f"198.51.100.{number}",
            referrer=SOURCES[number % 3],
            language="de-DE,de;q=0.9",
            rule=1 + number % 2,
            variant=1 + number % 2,
        )
        for number in range(60)
    ]
    orphan = shortener.click(0, at=now, status=404, host="go.example.com", slug="misprinted")
    shortener.ship(*records, orphan, received_at=now)
    clicks.drain(now=now)


def _surround(actor: Actor, team: Team, domain: Any, now: datetime) -> None:
    shortener.UtmTemplateFactory(team=team, name="Newsletter", medium="email", created_at=now)
    hook = shortener.WebhookFactory(team=team, created_at=now)
    shortener.WebhookDeliveryFactory(webhook=hook, created_at=now, due_at=now, attempts=2, last_error="timed out")
    saved_filters.save_filter(actor=actor, name="With a password", query={"state": "protected"}, now=now)
    for start in (False, True):
        job = jobs.create_job(actor=actor, team_id=team.pk, body=TABLE.encode(), file_name="links.csv", now=now)
        if start:
            jobs.start_job(actor=actor, job=job, now=now)


def _moderate(actor: Actor, made: dict[str, Link], now: datetime) -> None:
    blocklists.add_rule(actor=actor, kind="host", value="malware.example", reason="Known for malware", now=now)
    bans.create_ban(actor=actor, kind="host", value="phish.example", reason="Reported twice", now=now)
    reported = made["reported"]
    AbuseReport.objects.create(link=reported, address="go.example.com/reported", reason="phishing", created_at=now)
    TargetCheck.objects.update_or_create(
        link=reported,
        defaults={"due_at": now, "checked_at": now, "status": 404, "failures": 2, "dead_since": now},
    )
