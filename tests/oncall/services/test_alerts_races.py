"""Several at the same alert at one instant, with real transactions."""

from typing import Any

import pytest

from oncall.models import Alert, Page
from oncall.services import alerts, answers, responders
from portal.accounts.domain.actors import Actor
from tests.factories.accounts import TeamFactory, member
from tests.factories.oncall import NOON, AlertFactory, PageFactory, RunFactory
from tests.races import outcomes

BOB = Actor.system("bob")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages() -> list[Page]:
    """Two people who were paged for one alert."""
    team = TeamFactory()
    run = RunFactory(alert=AlertFactory(team=team))
    return [PageFactory(run=run, user=member(team, "responder"), status="sent") for _ in range(2)]


def answer(page: Page, said: list[str]) -> None:
    found = Page.objects.select_related("user", "run__alert__team").get(pk=page.pk)
    said.append(answers.answer_as_paged(page=found, word="acknowledge", now=NOON).said)


def test_of_two_who_acknowledge_at_once_one_has_it_and_the_other_is_told_who(pages: list[Page]) -> None:
    said: list[str] = []
    outcomes(*[lambda page=page: answer(page, said) for page in pages])
    holder = Alert.objects.get().acknowledged_by
    assert sorted(line.split(":")[0] for line in said) == sorted(
        [f"Acknowledged by {holder}", f"{holder} has it already"]
    )
    assert Alert.objects.get().events.filter(kind="acknowledged").count() == 1


def test_an_alert_that_is_acknowledged_and_resolved_at_once_is_resolved(pages: list[Page]) -> None:
    alert = pages[0].run.alert
    ends = outcomes(
        lambda: alerts.acknowledge_alert(actor=BOB, alert=alert, now=NOON),
        lambda: alerts.close_alert(actor=BOB, alert=alert, now=NOON),
    )
    assert ends in (["done", "done"], ["alert-already-resolved 409", "done"])
    assert Alert.objects.get().status == "resolved"


def test_a_person_who_is_asked_for_by_two_at_once_is_paged_once(pages: list[Page]) -> None:
    told: Any = {"alert": pages[0].run.alert, "user": pages[0].user, "now": NOON}
    outcomes(*[lambda: responders.page_person(actor=BOB, **told)] * 2)
    assert Page.objects.filter(step=30_000).count() == 1
