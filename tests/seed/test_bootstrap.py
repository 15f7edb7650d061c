from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, Membership, User
from portal.catalog.models import Service
from portal.seed.bootstrap import bootstrap
from slo import selectors

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "first@example.com", "a password of some length"


def run(now: datetime) -> bool:
    return bootstrap(email=EMAIL, password=PASSWORD, now=now)


def test_the_first_administrator_can_sign_in_and_manages_the_first_team(now: datetime) -> None:
    assert run(now)
    user = User.objects.get(email=EMAIL)
    assert user.is_administrator
    assert user.check_password(PASSWORD)
    assert Membership.objects.get(user=user).role == "manager"


def test_the_portal_watches_its_pages_and_its_links(now: datetime) -> None:
    run(now)
    assert set(Service.objects.values_list("slug", flat=True)) == {"portal", "shortener"}
    names = {status.slo.name for status in selectors.statuses(Actor.system("test"))}
    assert names == {"Portal answers", "Links answer", "Redirects right and in time"}


def test_a_repeat_changes_nothing(now: datetime) -> None:
    run(now)
    before = AuditEntry.objects.count()
    assert not run(now)
    assert AuditEntry.objects.count() == before


def test_what_people_changed_since_stays(now: datetime) -> None:
    run(now)
    Service.objects.filter(slug="portal").update(name="Our portal", is_public=False)
    User.objects.filter(email=EMAIL).update(name="Ada")
    run(now)
    assert Service.objects.get(slug="portal").name == "Our portal"
    assert User.objects.get(email=EMAIL).name == "Ada"


def test_the_probes_follow_the_settings(now: datetime, settings: Settings) -> None:
    run(now)
    settings.PORTAL_SELF_WEB_URL = "http://127.0.0.1:9000"
    run(now)
    probe: Any = Service.objects.get(slug="portal").probes.get()
    assert probe.url == "http://127.0.0.1:9000/healthz"


def test_the_command_says_whom_it_made(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.PORTAL_ADMIN_EMAIL, settings.PORTAL_ADMIN_PASSWORD = EMAIL, PASSWORD
    call_command("bootstrap")
    call_command("bootstrap")
    assert capsys.readouterr().out == f"created administrator {EMAIL}\n"


def test_the_command_needs_a_password(settings: Settings) -> None:
    settings.PORTAL_ADMIN_PASSWORD = ""
    with pytest.raises(CommandError, match="PORTAL_ADMIN_PASSWORD is not set"):
        call_command("bootstrap")
