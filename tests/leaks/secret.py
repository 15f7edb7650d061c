"""One private team with something of everything in it, and a private incident of a team that is open to all.

Every name in it has the word that a search looks for, and one more that no answer to an outsider may have.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from incidents.models import IncidentAlert
from oncall.domain import alert_classes
from oncall.models import AlertReview, CalendarSource, Swap, TimeOff
from portal.accounts.models import ApiToken, Invitation, User
from portal.accounts.selectors.actors import actor_for_user
from postmortems.models import Covers
from shortener.models import AbuseReport, BlockRule, Quota, SavedFilter, ScopeDay, TargetCheck
from shortener.services.importing import jobs
from slo.models import SloStatus
from tests.factories import accounts, catalog, incidents, oncall, postmortems, shortener, slo
from tests.leaks.secret_slos import ReliabilitySecrets
from tests.oncall import duty
from tests.shortener import pictures

WORD, KEPT = "secretmarker", "vaultword"
NAME, SLUG = f"{WORD} {KEPT}", f"{WORD}-{KEPT}"


class Secret:
    """The objects by their kind; `ids` has what must not be told of them."""

    def __init__(self, now: datetime) -> None:
        self.team = accounts.TeamFactory(name=NAME, slug=SLUG, is_private=True)
        self.open_team = accounts.TeamFactory(name="Open", slug="open")
        self.people(now)
        self.reliability(now)
        self.short_links(now)
        self.on_call(now)
        self.outage(now)

    def people(self, now: datetime) -> None:
        self.manager, self.viewer = (accounts.member(self.team, role) for role in ("manager", "viewer"))
        self.root: User = accounts.UserFactory(is_administrator=True)
        accounts.MembershipFactory(user=self.root, team=self.team, role="manager")
        self.outsider = accounts.member(accounts.TeamFactory(name="Search", slug="search"), "manager")
        self.account = accounts.ServiceAccountFactory(team=self.team, name=NAME)
        accounts.issue_token(service_account=self.account, team=self.team, name=NAME)
        accounts.issue_token(user=self.manager, team=self.team, name=NAME)
        self.token, self.account_token = ApiToken.objects.order_by("-pk")[:2]
        audited = {"target_label": NAME, "target_id": SLUG, "changes": {"name": ["", NAME]}}
        self.entry_of_audit = accounts.AuditEntryFactory(team_id=self.team.pk, **audited)
        self.invitation = Invitation.objects.create(
            team=self.team,
            email=f"{KEPT}@example.com",
            role="viewer",
            digest=KEPT,
            created_at=now,
            expires_at=now + timedelta(days=7),
        )

    def reliability(self, now: datetime) -> None:
        self.service = catalog.ServiceFactory(team=self.team, name=NAME, slug=SLUG, description=NAME)
        self.open_service = catalog.ServiceFactory(team=self.open_team, name="Door", slug="door", is_public=True)
        catalog.ServiceDependencyFactory(service=self.open_service, needs=self.service)
        catalog.ServiceDependencyFactory(service=self.service, needs=self.open_service)
        self.probe = slo.ProbeFactory(service=self.service, name=NAME)
        minute = now.replace(second=0, microsecond=0)
        self.slo = slo.watched_slo(end=minute, pairs=[(1, 2)] * 5, service=self.service, name=NAME)
        burns = dict.fromkeys(("burn_1h", "burn_6h"), Decimal(20))
        shown = {"window_end": now, "remaining_ratio": Decimal(-1), "firing": ["page-1h"], "good": 1, "total": 2}
        SloStatus.objects.filter(slo=self.slo).update(state="violated", **shown, **burns)
        self.release = slo.ReleaseFactory(service=self.service, version=SLUG, started_at=now - timedelta(hours=1))
        self.slos = ReliabilitySecrets(self, now, NAME)

    def short_links(self, now: datetime) -> None:
        self.domain = shortener.DomainFactory(name=f"{SLUG}.example.com", team=self.team, logo=pictures.png())
        target = f"https://{SLUG}.example.com/"
        named = {"slug": SLUG, "title": NAME, "tags": [SLUG]}
        self.link = shortener.LinkFactory(team=self.team, domain=self.domain, target=target, **named)
        gone = {"slug": f"gone-{SLUG}", "state": "deleted", "deleted_at": now}
        shortener.LinkFactory(team=self.team, domain=self.domain, target=target, title=NAME, **gone)
        TargetCheck.objects.create(link=self.link, due_at=now, failures=2, dead_since=now, error=NAME)
        ScopeDay.objects.create(scope="team", scope_id=self.team.pk, day=now.date(), people=3)
        Quota.objects.create(team=self.team, links_per_month=100)
        self.beside_links(now, f"url,slug,title\n{target},{SLUG}-2,{NAME}\n".encode())

    def beside_links(self, now: datetime, body: bytes) -> None:
        """What a team and the moderators keep about links."""
        mine = {"user": self.manager, "team": self.team, "name": NAME, "created_at": now}
        self.saved_filter = SavedFilter.objects.create(query={"q": KEPT}, **mine)
        actor, place = actor_for_user(self.manager), {"team_id": self.team.pk, "domain": self.domain}
        self.import_job = jobs.create_job(actor=actor, body=body, file_name=f"{NAME}.csv", now=now, **place)
        self.utm_template = shortener.UtmTemplateFactory(team=self.team, name=NAME)
        self.webhook = shortener.WebhookFactory(team=self.team, url=f"https://{SLUG}.example.com/", note=NAME)
        self.delivery = shortener.WebhookDeliveryFactory(webhook=self.webhook, key=f"link.created:{SLUG}:1")
        self.ban = shortener.BanFactory(value=f"{SLUG}.example.org", reason=NAME)
        self.block_rule = BlockRule.objects.create(kind="host", value=f"{SLUG}.example.net", created_at=now)
        told = {"address": f"{SLUG}.example.com/{SLUG}", "reason": "phishing", "text": NAME}
        self.report = AbuseReport.objects.create(link=self.link, created_at=now, **told)

    def on_call(self, now: datetime) -> None:
        self.schedule = oncall.schedule_of(self.manager, self.viewer, team=self.team)
        self.schedule.name = NAME
        self.schedule.save()
        ends = now + timedelta(hours=1)
        self.override = oncall.OverrideFactory(schedule=self.schedule, user=self.viewer, starts_at=now, ends_at=ends)
        given = {"person": self.manager, "note": NAME, "starts_at": now, "ends_at": ends, "created_at": now}
        self.swap = Swap.objects.create(schedule=self.schedule, **given)
        self.away = TimeOff.objects.create(user=self.manager, reason=NAME, starts_at=now, ends_at=ends, created_at=now)
        self.compensation_rule = duty.rule(self.team, name=NAME)
        calendar = {"name": NAME, "role": "primary", "unknown": [NAME], "fetch_due_at": now}
        self.calendar_source = CalendarSource.objects.create(schedule=self.schedule, **calendar)
        self.policy = oncall.PolicyFactory(team=self.team, name=NAME)
        self.integration = oncall.IntegrationFactory(team=self.team, name=NAME)
        self.silence = oncall.SilenceFactory(team=self.team, comment=NAME)
        self.route = oncall.RouteFactory(team=self.team, name=NAME)
        self.inhibition = oncall.InhibitionFactory(team=self.team, name=NAME)
        self.contact_point = oncall.ContactPointFactory(team=self.team, name=NAME)
        times = {"started_at": now - timedelta(minutes=9), "last_fired_at": now}
        self.alert = oncall.AlertFactory(team=self.team, service=self.service, title=NAME, detail=NAME, **times)
        oncall.RunFactory(alert=self.alert, policy_name=NAME, created_at=now, next_run_at=ends)
        key, _ = alert_classes.class_of(self.alert.source, {}, NAME)
        week = alert_classes.week_of(self.alert.started_at.date())
        decision = {"title": NAME, "decision": "change", "note": NAME, "decided_at": now, "decided_by": self.manager}
        self.review = AlertReview.objects.create(team=self.team, week=week, alert_class=key, **decision)

    def outage(self, now: datetime) -> None:
        at = now - timedelta(hours=2)
        fields: dict[str, Any] = {"title": NAME, "summary": NAME, "declared_at": at, "severity": 1}
        self.incident = incidents.IncidentFactory(team=self.team, service=self.service, **fields)
        self.hidden = incidents.IncidentFactory(
            team=self.open_team, service=self.open_service, is_private=True, **fields
        )
        self.open_incident = incidents.IncidentFactory(
            team=self.open_team, service=self.open_service, title="Door stuck", is_public=True, declared_at=at
        )
        for incident in (self.incident, self.hidden, self.open_incident):
            incidents.AffectedServiceFactory(incident=incident, service=self.service)
        self.entry = incidents.TimelineEntryFactory(incident=self.incident, text=NAME, at=at, recorded_at=at)
        self.hidden_entry = incidents.TimelineEntryFactory(incident=self.hidden, text=NAME, at=at, recorded_at=at)
        incidents.UpdateFactory(incident=self.incident, text=NAME, at=at)
        IncidentAlert.objects.create(incident=self.open_incident, alert=self.alert, linked_at=now)
        self.postmortem = postmortems.postmortem(
            team=self.team, title=NAME, incident=self.incident, texts={"summary": NAME}
        )
        self.open_postmortem = postmortems.postmortem(team=self.open_team, title="Door", incident=self.open_incident)
        Covers.objects.create(postmortem=self.open_postmortem, incident=self.hidden)
        self.impact = postmortems.ImpactRowFactory(postmortem=self.postmortem, label=NAME)
        self.row = postmortems.TimelineRowFactory(postmortem=self.postmortem, text=NAME)
        self.item = postmortems.ActionItemFactory(team=self.team, postmortem=self.postmortem, title=NAME)

    @property
    def words(self) -> list[str]:
        """What an outsider may read nowhere: the word, and the ids of everything in the secret."""
        kept = (self.link, self.slo, self.probe, self.schedule, self.alert, self.incident, self.hidden, self.postmortem)
        more = (self.service, self.account, self.token, self.item, self.policy, self.entry, self.domain, self.release)
        beside = (self.saved_filter, self.import_job, self.utm_template, self.webhook, self.delivery)
        moderated = (self.ban, self.block_rule, self.report)
        return [KEPT, *(one.public_id for one in (*kept, *more, *beside, *moderated)), *self.slos.public_ids]
