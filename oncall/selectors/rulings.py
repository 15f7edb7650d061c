"""What is decided about one alert, out of the rulebook: where it goes, which group it is of, whether it may page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.domain import grouping, matchers
from oncall.domain.inhibition import Fact
from oncall.models import Alert, AlertRoute
from oncall.selectors.rulebooks import Rulebook


@dataclass(frozen=True, slots=True)
class Ruling:
    """Where an alert goes. A group takes in alerts for `group_minutes`, 0 while it is open."""

    route: AlertRoute | None
    service_id: int | None
    policy_id: int | None
    severity: str
    group_key: str
    group_minutes: int
    resolves_after: timedelta | None

    @property
    def repages(self) -> bool:
        return self.route is not None and self.route.repages


@dataclass(frozen=True, slots=True)
class Hold:
    """Why an alert pages nobody at the moment; `until` is None while another alert keeps it quiet."""

    kind: str
    why: str
    until: datetime | None = None
    silence_id: int | None = None
    inhibited_by_id: int | None = None


def route_of(book: Rulebook, team_id: int, known: Mapping[str, str], integration_id: int | None) -> AlertRoute | None:
    """The first route of the team that matches."""
    for route, conditions in book.team(team_id).routes:
        if route.integration_id in (None, integration_id) and matchers.match(conditions, known):
            return route
    return None


def ruling_of(book: Rulebook, alert: Alert, *, sender_key: str = "") -> Ruling:
    """What routes and the integration say of an alert as its sender told it."""
    known = book.labels_of(alert)
    integration = book.integration(alert.integration_id)
    owner_id = integration.team_id if integration else alert.team_id  # also when the alert was handed to another team
    route = route_of(book, owner_id, known, alert.integration_id)
    names = (route.group_by if route else None) or (integration.group_by if integration else None) or []
    scope = f"route:{route.pk}" if route and route.group_by else alert.source
    minutes = integration.auto_resolve_minutes if integration else None
    return Ruling(
        route=route,
        service_id=(route.service_id if route else None) or alert.service_id,
        policy_id=(route.policy_id if route else None) or (integration.policy_id if integration else None),
        severity=(route.severity if route else "") or alert.severity,
        group_key=grouping.key_of(scope, names, known, sender_key),
        group_minutes=integration.group_minutes if integration else 0,
        resolves_after=timedelta(minutes=minutes) if minutes else None,
    )


def hold_of(book: Rulebook, alert: Alert) -> Hold | None:
    """What keeps an alert quiet now: maintenance, a silence, another alert. Flapping is not looked at."""
    known = book.labels_of(alert)
    for quiet in book.team(alert.team_id).quiets:
        if quiet.catches(known, alert.service_id):
            kind = Alert.Held.MAINTENANCE if quiet.is_maintenance else Alert.Held.SILENCED
            return Hold(kind.value, quiet.comment, until=quiet.until, silence_id=quiet.silence_id)
    found = book.team(alert.team_id).inhibitors.inhibitor(Fact(alert.pk or 0, known))
    return Hold(Alert.Held.INHIBITED.value, found[0], inhibited_by_id=found[1]) if found else None
