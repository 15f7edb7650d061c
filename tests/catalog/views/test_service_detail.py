from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import Team, User
from portal.catalog.models import Service
from tests.factories.catalog import ServiceDependencyFactory, ServiceFactory

URL = "/services/checkout/"


def test_facts_and_dependencies_are_shown(service: Service, vera: User, client_for: Callable[[User], Any]) -> None:
    Service.objects.filter(pk=service.pk).update(
        runbook_url="https://example.com/runbook", description="Where one pays."
    )
    ServiceDependencyFactory(service=service, needs=ServiceFactory(name="Ledger"))
    page = client_for(vera).get(reverse("service_detail", args=["checkout"])).content.decode()
    assert "https://example.com/runbook" in page
    assert "Where one pays." in page
    assert "Ledger" in page


def test_only_a_manager_is_offered_changes(
    service: Service, alice: User, bob: User, client_for: Callable[[User], Any]
) -> None:
    edit = reverse("service_edit", args=["checkout"]).encode()
    assert edit in client_for(alice).get(URL).content
    assert edit not in client_for(bob).get(URL).content


@pytest.mark.parametrize(("name", "status"), [("vera", 200), ("charlie", 404), ("admin_user", 200)])
def test_a_private_teams_service_is_not_there_for_others(
    name: str, status: int, service: Service, client_for: Callable[[User], Any], request: pytest.FixtureRequest
) -> None:
    Team.objects.filter(pk=service.team_id).update(is_private=True)
    assert client_for(request.getfixturevalue(name)).get(URL).status_code == status


def test_hostile_text_is_only_text(service: Service, vera: User, client_for: Callable[[User], Any]) -> None:
    Service.objects.filter(pk=service.pk).update(description="<script>alert(1)</script>")
    assert b"<script>alert" not in client_for(vera).get(URL).content


def test_an_archived_service_says_so(
    service: Service, alice: User, now: Any, client_for: Callable[[User], Any]
) -> None:
    Service.objects.filter(pk=service.pk).update(archived_at=now)
    assert b"Bring it back" in client_for(alice).get(URL).content
