"""Making, changing and archiving SLOs."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from oncall.models import Alert
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PreconditionFailed
from slo.domain.windows import EPOCH
from slo.exceptions import RuleCannotFire, SloArchived
from slo.models import Slo
from slo.services import objectives, statuses
from tests.factories.slo import SliFactory, watched_slo

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
FACTS = {"name": "Checkout answers", "objective": Decimal("0.999")}


@pytest.fixture
def sli(service: Any) -> Any:
    return SliFactory(service=service)


@pytest.fixture
def slo(service: Any, sli: Any, now: datetime) -> Slo:
    return objectives.create_slo(actor=ACTOR, service=service, sli=sli, facts=FACTS, now=now)


def test_a_new_slo_has_all_rules_a_revision_and_a_due_status(slo: Slo) -> None:
    assert slo.rules == ["page-1h", "page-6h", "ticket-3d"]
    assert slo.revisions.get().objective == Decimal("0.999")
    assert (slo.status.state, slo.status.window_end) == ("no_data", EPOCH)


def test_without_a_choice_it_gets_the_rules_that_can_fire(service: Any, sli: Any, now: datetime) -> None:
    facts = {**FACTS, "objective": Decimal("0.9")}
    slo = objectives.create_slo(actor=ACTOR, service=service, sli=sli, facts=facts, now=now)
    assert slo.rules == ["page-6h", "ticket-3d"]


def test_a_rule_that_can_never_fire_is_refused(service: Any, sli: Any, now: datetime) -> None:
    facts = {**FACTS, "objective": Decimal("0.9"), "rules": ["page-1h"]}
    with pytest.raises(RuleCannotFire) as caught:
        objectives.create_slo(actor=ACTOR, service=service, sli=sli, facts=facts, now=now)
    why = "page-1h at 14.4 can never fire: the largest burn at 90 % is 10.00."
    assert caught.value.fields == {"rules": [why]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", " "),
        ("objective", Decimal("0.4")),
        ("objective", Decimal(1)),
        ("coverage_floor", Decimal("1.1")),
        ("rules", ["page-2h"]),
        ("colour", "red"),
    ],
)
def test_wrong_fields_are_named(service: Any, sli: Any, now: datetime, name: str, value: object) -> None:
    with pytest.raises(Invalid) as caught:
        objectives.create_slo(actor=ACTOR, service=service, sli=sli, facts={**FACTS, name: value}, now=now)
    assert list(caught.value.fields) == [name]


def test_the_sli_of_another_service_is_refused(service: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        objectives.create_slo(actor=ACTOR, service=service, sli=SliFactory(), facts=FACTS, now=now)
    assert "sli" in caught.value.fields


def test_a_name_is_taken_once_per_service(slo: Slo, service: Any, sli: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        objectives.create_slo(actor=ACTOR, service=service, sli=sli, facts=FACTS, now=now)
    assert "name" in caught.value.fields


def test_a_changed_promise_is_a_new_revision(slo: Slo, now: datetime) -> None:
    later = now + timedelta(days=1)
    facts = {"objective": Decimal("0.99")}
    changed = objectives.update_slo(actor=ACTOR, slo=slo, facts=facts, reason="Too strict", now=later)
    new, old = changed.revisions.all()
    assert (changed.revision, changed.version) == (2, 2)
    assert (old.objective, old.valid_from, old.valid_until) == (Decimal("0.999"), now, later)
    assert (new.objective, new.valid_until, new.reason, new.author) == (Decimal("0.99"), None, "Too strict", "tests")


def test_a_changed_name_is_not(slo: Slo, now: datetime) -> None:
    changed = objectives.update_slo(actor=ACTOR, slo=slo, facts={"name": "Checkout works"}, now=now)
    assert (changed.revision, changed.version) == (1, 2)


def test_no_change_is_none(slo: Slo, now: datetime) -> None:
    assert objectives.update_slo(actor=ACTOR, slo=slo, facts=FACTS, now=now).version == 1


def test_a_lost_race_is_refused(slo: Slo, now: datetime) -> None:
    with pytest.raises(PreconditionFailed):
        objectives.update_slo(actor=ACTOR, slo=slo, facts={}, now=now, expected_version=9)


def burning(service: Any, now: datetime) -> Slo:
    slo = watched_slo(service=service, end=now, pairs=[(0, 10)] * 60)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    return slo


def open_keys() -> list[str]:
    keys = Alert.objects.exclude(status="resolved").order_by("dedup_key").values_list("dedup_key", flat=True)
    return [key.rsplit(":", 1)[1] for key in keys]


def test_the_alert_of_a_rule_that_is_taken_away_is_resolved(service: Any, now: datetime) -> None:
    slo = burning(service, now)
    objectives.update_slo(actor=ACTOR, slo=slo, facts={"rules": ["page-1h"]}, now=now)
    assert open_keys() == ["critical"]


def test_archiving_resolves_and_ends(service: Any, now: datetime) -> None:
    slo = burning(service, now)
    archived = objectives.archive_slo(actor=ACTOR, slo=slo, now=now)
    assert (open_keys(), archived.archived_at) == ([], now)
    assert objectives.archive_slo(actor=ACTOR, slo=slo, now=now).version == archived.version


def test_an_archived_slo_does_not_change(slo: Slo, now: datetime) -> None:
    objectives.archive_slo(actor=ACTOR, slo=slo, now=now)
    with pytest.raises(SloArchived):
        objectives.update_slo(actor=ACTOR, slo=slo, facts={"name": "Other"}, now=now)


def test_every_write_is_audited(slo: Slo, now: datetime) -> None:
    objectives.update_slo(actor=ACTOR, slo=slo, facts={"objective": Decimal("0.99")}, now=now)
    objectives.archive_slo(actor=ACTOR, slo=slo, now=now)
    entries = AuditEntry.objects.filter(target_id=slo.public_id).order_by("pk")
    assert [entry.action for entry in entries] == ["slo.created", "slo.updated", "slo.archived"]
    assert entries[1].changes["objective"] == ["0.999000", "0.99"]


def test_an_slo_is_ensured_once(service: Any, sli: Any, now: datetime) -> None:
    ensured = [
        objectives.ensure_slo(actor=ACTOR, external_name="self", service=service, sli=sli, facts=facts, now=now)
        for facts in (FACTS, FACTS, {**FACTS, "objective": Decimal("0.99")})
    ]
    assert [slo.version for slo in ensured] == [1, 1, 2]
    assert Slo.objects.count() == 1
