import incidents.selectors
import postmortems.selectors
from oncall.models import Alert, EscalationRun, Page
from portal.accounts.domain.actors import Actor
from portal.seed.demo import load, plan

SYSTEM = Actor.system("test")


def test_every_outage_became_an_incident_that_is_over(loaded: load.Loaded) -> None:
    found = incidents.selectors.incidents(SYSTEM)
    assert found.count() == len(plan.OUTAGES)
    assert not found.exclude(status="resolved").exists()
    assert not Alert.objects.exclude(status="resolved").exists()


def test_every_lesson_became_a_published_postmortem(loaded: load.Loaded) -> None:
    lessons = [outage for outage in plan.OUTAGES if outage.lesson]
    assert postmortems.selectors.postmortems(SYSTEM).filter(state="published").count() == len(lessons)


def test_some_action_items_are_left_to_do(loaded: load.Loaded) -> None:
    states = [item[4] for outage in plan.OUTAGES for item in outage.items]
    open_ones = [state for state in states if state != "done"]
    assert postmortems.selectors.open_action_items(SYSTEM).count() == len(open_ones) > 0


def test_nobody_is_paged_for_the_past(loaded: load.Loaded) -> None:
    assert Page.objects.count() == 0
    assert not EscalationRun.objects.filter(status="active").exists()
