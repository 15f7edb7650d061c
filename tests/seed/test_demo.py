from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

import incidents.selectors
import postmortems.selectors
import shortener.selectors
import slo.selectors
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.seed.demo import load, plan
from portal.seed.demo.budgets import began_at
from portal.seed.demo.traffic import daylight

NOW = datetime(2026, 3, 4, 12, 20, tzinfo=UTC)
SYSTEM = Actor.system("test")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer clicks, so that the tests stay quick; everything else is whole."""
    monkeypatch.setattr(plan, "LINKS", tuple((*link[:4], 2) for link in plan.LINKS[:3]))


@pytest.fixture
def loaded(db: None, small: None) -> load.Loaded:
    return load.load(now=NOW, password="a password of some length")


def test_every_app_has_a_history(loaded: load.Loaded) -> None:
    assert loaded.incidents == incidents.selectors.incidents(SYSTEM).count() == len(plan.OUTAGES)
    assert loaded.links == shortener.selectors.link_count(SYSTEM)
    lessons = [outage for outage in plan.OUTAGES if outage.lesson]
    assert postmortems.selectors.postmortems(SYSTEM).filter(state="published").count() == len(lessons)


def test_every_click_is_counted_once(loaded: load.Loaded) -> None:
    ids = list(shortener.selectors.links(SYSTEM).values_list("pk", flat=True))
    totals = shortener.selectors.link_totals(ids).values()
    assert loaded.clicks == sum(total.people + total.bots for total in totals) > 300


def test_budgets_were_spent_and_not_by_everybody(loaded: load.Loaded) -> None:
    left = {status.slo.name: status.remaining_ratio or 0 for status in slo.selectors.statuses(SYSTEM)}
    assert len(left) == len(plan.SERVICES)
    assert left["Payments works"] < left["Newsletter works"]


def test_nobody_is_paged_for_the_past(loaded: load.Loaded) -> None:
    from oncall.models import EscalationRun, Page

    assert Page.objects.count() == 0
    assert not EscalationRun.objects.filter(status="active").exists()


def test_its_people_can_sign_in(loaded: load.Loaded) -> None:
    assert User.objects.get(email="ada@demo.example").check_password("a password of some length")


@pytest.mark.django_db
def test_a_database_with_something_in_it_is_refused(small: None) -> None:
    load.load(now=NOW, days=31)
    with pytest.raises(load.NotEmpty, match="links and incidents and postmortems and the demo's team"):
        load.load(now=NOW, days=31)


@pytest.mark.django_db
def test_the_command_says_what_it_made_and_refuses_a_second_time(small: None) -> None:
    out = StringIO()
    with time_machine.travel(NOW):
        call_command("demo", days=31, stdout=out)
        with pytest.raises(CommandError, match="empty database only"):
            call_command("demo", days=31)
    assert "5 services, 3 links" in out.getvalue()


def test_the_outages_lie_within_the_history() -> None:
    assert all(NOW - timedelta(days=90) < began_at(outage, NOW) < NOW for outage in plan.OUTAGES)


def test_traffic_is_least_before_dawn_and_most_in_the_afternoon() -> None:
    shares = [daylight(hour) for hour in range(24)]
    assert (shares.index(min(shares)), shares.index(max(shares))) == (4, 16)
