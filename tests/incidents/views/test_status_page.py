from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.factories.catalog import ServiceFactory
from tests.factories.incidents import AffectedServiceFactory, IncidentFactory, UpdateFactory

URL = reverse("status_page")


def public_incident(**fields: Any) -> Any:
    now = timezone.now()
    shown = {"is_public": True, "declared_at": now, "title": "Secret name", "public_title": "Slow pay"}
    return IncidentFactory(**{**shown, **fields})


def test_it_is_read_without_sign_in(client: Any, db: None) -> None:
    ServiceFactory(name="Checkout", is_public=True)
    body = client.get(URL).content.decode()
    assert "All systems operational" in body
    assert "Checkout" in body


def test_services_that_are_not_public_are_not_named(client: Any, db: None) -> None:
    ServiceFactory(name="Ledger", is_public=False)
    assert "Ledger" not in client.get(URL).content.decode()


def test_only_public_updates_and_titles_are_shown(client: Any, db: None) -> None:
    incident = public_incident()
    UpdateFactory(incident=incident, text="For us only", audience="internal")
    UpdateFactory(incident=incident, text="For everybody", audience="public")
    body = client.get(URL).content.decode()
    assert "For everybody" in body
    assert "Slow pay" in body
    assert "For us only" not in body
    assert "Secret name" not in body


def test_what_is_not_public_or_a_drill_is_not_shown(client: Any, db: None) -> None:
    public_incident(is_public=False, public_title="Hidden one")
    public_incident(is_drill=True, public_title="Hidden two")
    assert "Hidden" not in client.get(URL).content.decode()


def test_an_affected_component_shows_its_state(client: Any, db: None) -> None:
    row = AffectedServiceFactory(incident=public_incident(), service__is_public=True, state="major_outage")
    summary = client.get(URL).context["summary"]
    assert [(shown.service, shown.state) for shown in summary.components] == [(row.service, "major_outage")]
    assert summary.description == "Major outage"
