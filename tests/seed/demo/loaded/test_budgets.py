import slo.selectors
from portal.accounts.domain.actors import Actor
from portal.seed.demo import load, plan
from portal.seed.demo.budgets import began_at
from slo.models import Release
from tests.seed.demo.conftest import NOW

SYSTEM = Actor.system("test")


def test_budgets_were_spent_and_not_by_everybody(loaded: load.Loaded) -> None:
    left = {status.slo.name: status.remaining_ratio or 0 for status in slo.selectors.statuses(SYSTEM)}
    assert len(left) == len(plan.SERVICES) + 1  # and what is composed of them
    assert left["Payments works"] < left["Newsletter works"]


def test_a_release_goes_before_each_outage_that_it_caused(loaded: load.Loaded) -> None:
    for outage in plan.OUTAGES:
        found = Release.objects.filter(service__slug=outage.service, version=outage.version)
        assert [release.started_at < began_at(outage, NOW) for release in found] == [True] * bool(outage.version)


def test_the_usual_releases_go_out_on_working_days_in_working_hours(loaded: load.Loaded) -> None:
    caused = {outage.version for outage in plan.OUTAGES}
    usual = Release.objects.exclude(version__in=caused)
    assert {release.started_at.weekday() < 5 and 9 <= release.started_at.hour <= 14 for release in usual} == {True}
