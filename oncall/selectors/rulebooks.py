"""What teams have ruled about their alerts, read once for many alerts: routes, silences, inhibition, integrations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q

from oncall.domain import labels, matchers
from oncall.domain.matchers import Matcher
from oncall.models import Alert, AlertRoute, EscalationPolicy, Integration, Silence
from oncall.selectors import programs
from oncall.selectors.inhibitors import Inhibitors
from portal.accounts.models import Team
from portal.catalog.models import Service
from portal.lib import recurrences
from portal.lib.recurrences import BadRecurrence, Recurrence, Span

INSTANT = timedelta(microseconds=1)
TOLD_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A span of a silence or of maintenance that lasts now."""

    silence_id: int
    is_maintenance: bool
    matchers: Sequence[Matcher]
    service_id: int | None
    until: datetime
    comment: str

    def catches(self, known: dict[str, str], service_id: int | None) -> bool:
        """Whether an alert of these labels and this service pages nobody."""
        return (self.service_id is None or self.service_id == service_id) and matchers.match(self.matchers, known)


class Rulebook:
    """What is ruled at `now`. Made for one batch of alerts, and thrown away with it: nothing in it is read twice."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._teams: dict[int, TeamRules] = {}
        self._integrations: dict[int, Integration | None] = {}
        self._services: dict[int, str] = {}
        self._policies: dict[tuple[int | None, int | None, int], EscalationPolicy | None] = {}
        self._matched: dict[int, AlertRoute] = {}

    def team(self, team_id: int) -> "TeamRules":
        """The rules of one team."""
        if team_id not in self._teams:
            self._teams[team_id] = TeamRules(self, team_id)
        return self._teams[team_id]

    def integration(self, integration_id: int | None) -> Integration | None:
        """The integration, None without an id or when it is gone."""
        if integration_id is None:
            return None
        if integration_id not in self._integrations:
            self._integrations[integration_id] = Integration.objects.filter(pk=integration_id).first()
        return self._integrations[integration_id]

    def know(self, integration: Integration) -> None:
        """An integration that was read already."""
        self._integrations[integration.pk] = integration

    def policy_of(self, alert: Alert) -> EscalationPolicy | None:
        """The policy that serves an alert."""
        place = (alert.policy_id, alert.service_id, alert.team_id)
        if self._policies.get(place) is None:
            self._policies[place] = programs.chosen_policy(alert)
        return self._policies[place]

    def repages(self, alert: Alert) -> bool:
        """Whether the policy that serves an alert pages again for a new or worse one in an acknowledged group."""
        policy = self.policy_of(alert)
        return policy is not None and policy.repage_acknowledged

    def note_match(self, route: AlertRoute) -> None:
        """An alert arrived and this route matched it."""
        self._matched[route.pk] = route

    def newly_matched(self) -> list[int]:
        """Routes that matched and whose last match is a minute ago; each is told once."""
        found = [one for one in self._matched.values() if is_stale(one.last_matched_at, self.now)]
        for one in found:
            one.last_matched_at = self.now
        return [one.pk for one in found]

    def expect(self, team_id: int, found: Iterable[Mapping[str, str]]) -> None:
        """Alerts with these labels of their own will be asked about."""
        self.team(team_id).inhibitors.expect(found)

    def note(self, alert: Alert) -> set[int]:
        """An alert has just arrived; the open ones that it begins to keep quiet."""
        return self.team(alert.team_id).inhibitors.note(alert)

    def has_inhibitions(self, team_id: int) -> bool:
        """Whether any alert of a team may keep another one quiet."""
        return bool(self.team(team_id).inhibitors.rules)

    def service_slug(self, service_id: int | None) -> str:
        """The slug of a service, empty without one."""
        if service_id is None:
            return ""
        if service_id not in self._services:
            found = Service.objects.filter(pk=service_id).values_list("slug", flat=True).first()
            self._services[service_id] = found or ""
        return self._services[service_id]

    def labels_of(self, alert: Alert) -> dict[str, str]:
        """The labels that matchers see of an alert."""
        integration = self.integration(alert.integration_id)
        return labels.known(
            alert.labels,
            severity=alert.severity,
            service=self.service_slug(alert.service_id),
            team=self.team(alert.team_id).slug,
            integration=integration.name if integration else "",
            source=alert.source,
            title=alert.title,
        )


class TeamRules:
    """The rules of one team; each kind is read when it is first asked for."""

    def __init__(self, book: Rulebook, team_id: int) -> None:
        self.book = book
        self.team_id = team_id

    @cached_property
    def slug(self) -> str:
        return Team.objects.values_list("slug", flat=True).get(pk=self.team_id)

    @cached_property
    def routes(self) -> list[tuple[AlertRoute, Sequence[Matcher]]]:
        """The routes in their order, with their matchers."""
        found = AlertRoute.objects.filter(team_id=self.team_id).order_by("position", "pk")
        return [(route, matchers.stored(route.matchers)) for route in found]

    @cached_property
    def quiets(self) -> list[Quiet]:
        """Silences and maintenance that last now, maintenance and what ends last first."""
        found = [
            Quiet(one.pk, one.is_maintenance, matchers.stored(one.matchers), one.service_id, span.end, one.comment)
            for one in unended_silences(self.team_id, self.book.now)
            if (span := span_at(one, self.book.now)) is not None
        ]
        return sorted(found, key=lambda one: (one.is_maintenance, one.until), reverse=True)

    @cached_property
    def inhibitors(self) -> Inhibitors:
        """What keeps alerts of the team quiet among those that are open now."""
        return Inhibitors(self.team_id, self.book.labels_of)


def is_stale(last_matched_at: datetime | None, now: datetime) -> bool:
    """Whether the last match of a route is so long ago that another one is written down."""
    return last_matched_at is None or now - last_matched_at >= TOLD_EVERY


def unended_silences(team_id: int, now: datetime) -> list[Silence]:
    """What may still come or last at `now`: nobody ended it, and it comes again or is not over."""
    lasting = Q(ends_at__gt=now) | ~Q(rule="")
    return list(Silence.objects.filter(lasting, team_id=team_id, ended_at=None).order_by("pk"))


def recurrence_of(silence: Silence) -> Recurrence:
    """The spans of a silence."""
    return Recurrence(Span(silence.starts_at, silence.ends_at), silence.rule, silence.zone)


def span_at(silence: Silence, now: datetime) -> Span | None:
    """The span of a silence that holds `now`; None between its spans, and for a rule that cannot be read."""
    try:
        found = recurrences.occurrences(recurrence_of(silence), now, now + INSTANT)
    except BadRecurrence:
        return None
    return found[-1] if found else None
