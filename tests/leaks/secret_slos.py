"""What surrounds the SLOs of the private team: sources, promises, decisions and capacity."""

from datetime import datetime, timedelta
from typing import Any

from portal.accounts.selectors.actors import actor_for_user
from slo.domain import policy_json
from slo.domain.gate_facts import Asked
from slo.domain.policies import DEFAULT
from slo.models import GateEvaluation, GateOverride, SavedQuery, Sla, VersionSource
from slo.services import gates, policies, release_windows
from tests.factories import adjustments, capacity, slo, sources

HOUR = timedelta(hours=1)
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ALWAYS = {"zone": "UTC", "hours": [{"days": EVERY_DAY, "from": "00:00", "until": "24:00"}]}


class ReliabilitySecrets:
    """The objects by their kind, each named with the words of the secret."""

    def __init__(self, secret: Any, now: datetime, name: str) -> None:
        self.sources(secret, now, name)
        self.promises(secret, now, name)
        self.decisions(secret, now, name)
        self.capacity(secret, now, name)

    def sources(self, secret: Any, now: datetime, name: str) -> None:
        self.server = sources.PrometheusServerFactory(team=secret.team, name=name, problem=name)
        self.sli = sources.push_sli(service=secret.service, name=name, problem=name)
        self.heartbeat = sources.HeartbeatFactory(service=secret.service, name=name, reason=name)
        self.saved_query = SavedQuery.objects.create(team=secret.team, name=name, author=name, created_at=now)

    def promises(self, secret: Any, now: datetime, name: str) -> None:
        slo.SliFactory(service=secret.service, kind="probe", source="", probe=secret.probe, name=name)
        span = {"service": secret.service, "starts_at": now - 2 * HOUR, "ends_at": now - HOUR, "created_at": now}
        self.correction = adjustments.CorrectionFactory(slo=secret.slo, reason=name, author=name, **span)
        self.maintenance = adjustments.MaintenanceWindowFactory(name=name, author=name, **span)
        self.sla = Sla.objects.create(slo=secret.slo, objective="0.9", customers=name, created_at=now)

    def decisions(self, secret: Any, now: datetime, name: str) -> None:
        kept = {"service": secret.service, "author": name, "created_at": now, "expires_at": now + HOUR}
        self.override = GateOverride.objects.create(reason=name, **kept)
        actor = actor_for_user(secret.manager)
        policies.set_policy(actor=actor, owner=secret.service, definition=policy_json.as_json(DEFAULT), now=now)
        for owner in (secret.service, secret.team):
            release_windows.set_window(actor=actor, owner=owner, definition=ALWAYS, now=now)
        VersionSource.objects.create(service=secret.service, query=name, created_at=now)
        self.evaluation: GateEvaluation = gates.evaluate(actor=actor, service=secret.service, asked=Asked(), now=now)[1]

    def capacity(self, secret: Any, now: datetime, name: str) -> None:
        self.resource = capacity.ResourceFactory(service=secret.service, name=name, description=name)
        dated = {"created_at": now, "author": name}
        self.event = capacity.KnownEventFactory(service=secret.service, resource=self.resource, name=name, **dated)
        self.load_test = capacity.LoadTestFactory(resource=self.resource, notes=name, **dated)
        self.plan = capacity.CapacityPlanFactory(resource=self.resource, name=name)
        self.step = capacity.PlanStepFactory(plan=self.plan, what=name)

    @property
    def public_ids(self) -> list[str]:
        """What an outsider may read nowhere."""
        counted = (self.server, self.sli, self.heartbeat, self.saved_query, self.correction, self.maintenance)
        decided = (self.override, self.evaluation, self.resource, self.event, self.load_test, self.plan, self.step)
        return [one.public_id for one in (*counted, *decided)]
