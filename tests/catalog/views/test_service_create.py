from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.accounts.models import User
from portal.catalog.models import Service

URL = "/services/new/"
FORM = {"team": "payments", "name": "Web", "slug": "web", "tier": "1", "labels": "language=python"}


def test_a_manager_adds_a_service(alice: User, service: Service, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(URL, {**FORM, "needs": ["checkout"]})
    assert page["Location"] == reverse("service_detail", args=["web"])
    made = Service.objects.get(slug="web")
    assert (made.tier, made.labels, made.dependencies.get().needs) == (1, {"language": "python"}, service)


def test_others_have_no_team_to_choose(bob: User, client_for: Callable[[User], Any]) -> None:
    assert "team" in client_for(bob).post(URL, FORM).context["form"].errors
    assert not Service.objects.exists()


def test_bad_labels_stay_on_the_form(alice: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(URL, {**FORM, "labels": "Bad Key=1"})
    assert "labels" in page.context["form"].errors
    assert page.context["form"]["labels"].value() == "Bad Key=1"


def test_a_taken_slug_stays_on_the_form(alice: User, service: Service, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(URL, {**FORM, "slug": "checkout"})
    assert page.context["form"].errors["slug"] == ["Another service has this slug."]
