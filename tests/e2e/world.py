"""A small portal in the middle of its day: something on every page, good and bad."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress

from portal.accounts.models import User
from portal.accounts.selectors.actors import actor_for_user
from postmortems.models import ActionItem
from postmortems.services import drafts
from slo.models import SloStatus
from tests.e2e import world_links, world_oncall, world_slos
from tests.factories import accounts, catalog, incidents, oncall, slo

EMAIL, PASSWORD = "alice@example.com", "correct horse battery staple"


def build(now: datetime) -> User:
    """Makes the world and answers with Alice, an administrator and manager who may see all of it."""
    alice = _person("Alice Larsson", EMAIL, is_administrator=True, time_zone="Europe/Berlin")
    bob = _person("Bob Ode", "bob@example.com")
    team = accounts.TeamFactory(name="Payments", slug="payments")
    for user, role in ((alice, "manager"), (bob, "responder")):
        accounts.MembershipFactory(user=user, team=team, role=role)
    database = catalog.ServiceFactory(team=team, name="Ledger database", slug="ledger", tier=1)
    checkout = catalog.ServiceFactory(team=team, name="Checkout API", slug="checkout", tier=1, is_public=True)
    catalog.ServiceDependencyFactory(service=checkout, needs=database)
    _on_call(team, alice, bob, now)
    _objectives(checkout, now)
    _alerts(team, checkout, alice, now)
    _incidents(team, checkout, alice, bob, now)
    _postmortem(team, checkout, alice, now)
    world_slos.build(checkout, alice, now)
    world_oncall.build(team, checkout, alice, bob, now)
    world_links.build(team, alice, now)
    return alice


def _person(name: str, email: str, **fields: Any) -> User:
    user: User = accounts.UserFactory(name=name, email=email, **fields)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _on_call(team: Any, alice: User, bob: User, now: datetime) -> None:
    monday = now.date() - timedelta(days=now.weekday() + 7)
    since = now - timedelta(days=30)
    oncall.schedule_of(alice, bob, team=team, first_handoff_on=_weeks_before(monday), effective_from=since)
    oncall.PolicyFactory(team=team)
    oncall.ContactFactory(user=alice, address="alice@example.com")
    oncall.IntegrationFactory(team=team)


def _weeks_before(monday: date) -> date:
    return monday - timedelta(weeks=4)


def _objectives(service: Any, now: datetime) -> None:
    probe = slo.ProbeFactory(service=service, name="Home page", url="https://checkout.example.com/")
    assert probe.pk
    for name, left, burn, state, firing in (
        ("Checkouts answered", Decimal("-0.12"), Decimal("15.2"), "violated", ["page-1h"]),
        ("Checkouts in 300 ms", Decimal("0.62"), Decimal("0.8"), "healthy", []),
        ("Refunds answered", None, None, "no_data", []),
    ):
        made = slo.SloFactory(service=service, name=name, objective=Decimal("0.999"))
        slo.minutes(made.sli, end=now.replace(second=0, microsecond=0), pairs=[(95 + n % 6, 100) for n in range(90)])
        SloStatus.objects.update_or_create(
            slo=made,
            defaults={
                "window_end": now,
                "computed_at": now,
                "state": state,
                "remaining_ratio": left,
                "burn_1h": burn,
                "burn_6h": burn,
                "good": 997_000,
                "total": 998_000,
                "ratio": Decimal("0.998998") if left is not None else None,
                "firing": firing,
            },
        )
    slo.ReleaseFactory(service=service, version="2026.11.3", started_at=now - timedelta(hours=2))


def _alerts(team: Any, service: Any, alice: User, now: datetime) -> None:
    times = {"started_at": now - timedelta(minutes=7), "last_fired_at": now - timedelta(minutes=1)}
    alert = oncall.AlertFactory(team=team, service=service, title="Roll back the router config", **times)
    run = oncall.RunFactory(alert=alert, next_run_at=now + timedelta(minutes=5), created_at=now)
    oncall.PageFactory(run=run, user=alice, due_at=now, created_at=now)
    oncall.AlertFactory(team=team, service=service, title="Free disk space on ledger-2", severity="warning", **times)
    oncall.AlertFactory(
        team=team,
        title="Renew the certificate of pay.example.com",
        status="acknowledged",
        acknowledged_by=alice,
        acknowledged_at=now,
        **times,
    )


def _incidents(team: Any, service: Any, alice: User, bob: User, now: datetime) -> None:
    open_one = incidents.IncidentFactory(
        team=team,
        service=service,
        title="Checkout answers 500 for every third customer",
        severity=1,
        declared_at=now - timedelta(minutes=50),
        next_update_due_at=now - timedelta(minutes=5),
        is_public=True,
    )
    incidents.AffectedServiceFactory(incident=open_one, service=service)
    incidents.RoleSpanFactory(incident=open_one, user=alice, assumed_at=open_one.declared_at)
    incidents.UpdateFactory(incident=open_one, at=now - timedelta(minutes=35))
    for minutes, text in ((48, "Errors began after release 2026.11.3"), (20, "We rolled back to 2026.11.2")):
        at = now - timedelta(minutes=minutes)
        incidents.TimelineEntryFactory(incident=open_one, at=at, recorded_at=at, text=text, author=str(bob))


def _postmortem(team: Any, service: Any, alice: User, now: datetime) -> None:
    declared = now - timedelta(days=9)
    ended = declared + timedelta(hours=1)
    over = dict.fromkeys(("mitigated_at", "recovered_at", "resolved_at"), ended)
    incident = incidents.IncidentFactory(
        team=team,
        service=service,
        title="Refunds were late",
        status="resolved",
        declared_at=declared,
        acknowledged_at=declared,
        **over,
    )
    incidents.AffectedServiceFactory(incident=incident, service=service)
    draft = drafts.draft_from_incident(actor=actor_for_user(alice), incident=incident, now=now - timedelta(days=7))
    for title, days in (("Alert on the age of the refund queue", -3), ("Split the refund worker", 10)):
        due_on = now.date() + timedelta(days=days)
        ActionItem.objects.create(
            team=team,
            postmortem=draft,
            title=title,
            type="detect",
            priority=1,
            owner=alice,
            due_on=due_on,
            created_at=now,
        )


__all__ = ["EMAIL", "PASSWORD", "build"]
