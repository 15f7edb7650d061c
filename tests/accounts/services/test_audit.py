from datetime import datetime
from typing import Any

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, Team
from portal.accounts.services import audit
from tests.factories.accounts import AuditEntryFactory
from tests.factories.catalog import ServiceDependencyFactory

BOB = Actor(kind="user", label="Bob", user_id=7, token_id=9, request_id="req_1", address="192.0.2.7")


def test_an_entry_says_who_what_and_where_from(team: Team, now: datetime) -> None:
    entry = audit.record(actor=BOB, action="team.updated", target=team, now=now)
    assert (entry.actor_label, entry.user_id, entry.token_id, entry.ip) == ("Bob", 7, 9, "192.0.2.7")
    assert (entry.target_id, entry.target_label, entry.team_id) == (team.public_id, "Payments", team.pk)
    assert (entry.at, entry.request_id) == (now, "req_1")


def test_an_entry_keeps_before_and_after(team: Team, now: datetime) -> None:
    entry = audit.record(
        actor=BOB, action="team.updated", target=team, before={"name": "Pay", "at": now}, after={"name": "Payments"}
    )
    entry.refresh_from_db()
    assert entry.changes == {"name": ["Pay", "Payments"], "at": ["2026-03-04T12:00:00Z", None]}


def test_the_team_is_found_over_a_longer_path(db: None) -> None:
    dependency = ServiceDependencyFactory()
    assert audit.team_id_of(dependency) == dependency.service.team_id


def test_a_person_belongs_to_no_team(alice: Any) -> None:
    assert audit.team_id_of(alice) is None


def test_a_write_that_is_rolled_back_leaves_no_entry(team: Team) -> None:
    with transaction.atomic():
        audit.record(actor=BOB, action="team.updated", target=team)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_an_entry_cannot_be_changed(db: None) -> None:
    entry = AuditEntryFactory()
    with pytest.raises((IntegrityError, InternalError), match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(actor_label="Nobody")


def test_an_entry_cannot_be_deleted(db: None) -> None:
    entry = AuditEntryFactory()
    with pytest.raises((IntegrityError, InternalError), match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).delete()


def test_many_writes_are_one_statement_and_an_entry_each(
    team: Team, other_team: Team, now: datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        audit.record_many(actor=BOB, action="team.made", made=[(team, {"name": "a"}), (other_team, {})], now=now)
    entries = AuditEntry.objects.order_by("pk")
    assert [(entry.target_id, entry.changes) for entry in entries] == [
        (team.public_id, {"name": [None, "a"]}),
        (other_team.public_id, {}),
    ]
