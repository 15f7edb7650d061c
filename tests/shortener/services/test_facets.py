from datetime import datetime, timedelta

import pytest

from shortener.domain.tallies import MOST_VALUES, OTHER
from shortener.models import ClickFacet, FacetDelta, FacetFold, ScopeFacet
from shortener.services import clicks, facets
from tests.factories.shortener import GOOGLEBOT, LinkFactory, click, ship

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=1)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every batch is a large one."""
    monkeypatch.setattr(facets, "AT_ONCE", 0)


def referrers(model: type[ClickFacet] | type[ScopeFacet] = ClickFacet) -> dict[str, int]:
    rows = model.objects.filter(dimension="referrer").values_list("value", "people")
    return dict(rows)


def drain_referrers(now: datetime, *names: str, number: int = 1, link_id: int = 7) -> None:
    ship(*[click(link_id, referrer=f"https://{name}/") for name in names], number=number)
    clicks.drain(now=now)


def test_a_small_batch_is_folded_at_once(now: datetime) -> None:
    drain_referrers(now, "a.example", "a.example", "b.example")
    assert referrers() == {"a.example": 2, "b.example": 1}
    assert not FacetDelta.objects.exists()


def test_a_large_batch_waits_for_a_fold(now: datetime, waiting: None) -> None:
    drain_referrers(now, "a.example")
    assert (referrers(), FacetDelta.objects.filter(side=0).exists()) == ({}, True)
    assert facets.fold_due(now=now)
    assert (referrers(), FacetDelta.objects.exists()) == ({"a.example": 1}, False)


def test_batches_that_waited_are_added_up_and_to_what_is_there(now: datetime, waiting: None) -> None:
    for number in (1, 2, 3):
        drain_referrers(now, "a.example", number=number)
        facets.fold_due(now=now + number * LATER * (number > 1))
    assert referrers() == {"a.example": 3}


def test_a_fold_lets_batches_go_on_at_the_other_side(now: datetime, waiting: None) -> None:
    drain_referrers(now, "a.example")
    facets.fold_due(now=now)
    drain_referrers(now, "b.example", number=2)
    assert set(FacetDelta.objects.values_list("side", flat=True)) == {1}
    assert facets.fold_due(now=now + LATER)
    assert referrers() == {"a.example": 1, "b.example": 1}


def test_a_fold_that_was_cut_short_is_made_up_for(now: datetime, waiting: None) -> None:
    drain_referrers(now, "a.example")
    FacetFold.objects.create(pk=1, side=1, due_at=now)
    drain_referrers(now, "b.example", number=2)
    assert facets.fold_due(now=now)
    assert referrers() == {"a.example": 1}
    assert facets.fold_due(now=now + LATER)
    assert referrers() == {"a.example": 1, "b.example": 1}


def test_folds_rest(now: datetime, waiting: None) -> None:
    drain_referrers(now, "a.example")
    assert facets.fold_due(now=now)
    drain_referrers(now, "a.example", number=2)
    assert not facets.fold_due(now=now)
    assert facets.fold_due(now=now + LATER)


def test_nothing_waits_nothing_folds(now: datetime) -> None:
    assert not facets.fold_due(now=now)


def test_bots_are_counted_apart(now: datetime) -> None:
    ship(click(7, language="de"), click(7, language="de", user_agent=GOOGLEBOT))
    clicks.drain(now=now)
    assert ClickFacet.objects.values_list("people", "bots").get(dimension="language", value="de") == (1, 1)


def test_a_rule_is_a_dimension_of_the_clicks_that_it_decided(now: datetime) -> None:
    ship(click(7, rule=3, variant=2), click(7, rule=4), click(7))
    clicks.drain(now=now)
    rules = ClickFacet.objects.filter(dimension="rule").values_list("value", "people")
    assert dict(rules) == {"3.2": 1, "4": 1}


def test_teams_and_domains_have_facets_of_their_own(now: datetime) -> None:
    first = LinkFactory()
    second = LinkFactory(team=first.team, domain=first.domain)
    ship(click(first.pk, referrer="https://a.example/"), click(second.pk, referrer="https://a.example/"))
    clicks.drain(now=now)
    rows = ScopeFacet.objects.filter(dimension="referrer").order_by("scope").values_list("scope", "scope_id", "people")
    assert list(rows) == [("domain", first.domain_id, 2), ("team", first.team_id, 2)]


def test_hostile_referrers_do_not_fill_the_table(now: datetime) -> None:
    for batch in range(3):
        names = [f"r{batch}-{number}.example" for number in range(MOST_VALUES + 20)]
        drain_referrers(now, "good.example", "good.example", *names, number=batch)
    found = referrers()
    assert len(found) <= MOST_VALUES + 1
    assert sum(found.values()) == 3 * (MOST_VALUES + 22)
    assert (found["good.example"], OTHER in found) == (6, True)


def test_hostile_referrers_that_wait_do_not_fill_the_table_either(now: datetime, waiting: None) -> None:
    for batch in range(3):
        drain_referrers(now, *[f"r{batch}-{number}.example" for number in range(MOST_VALUES)], number=batch)
    facets.fold_due(now=now)
    assert len(referrers()) <= MOST_VALUES + 1
    assert sum(referrers().values()) == 3 * MOST_VALUES


def test_teams_are_bounded_too(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "SCOPES", facets.SCOPES._replace(most=2))
    link = LinkFactory()
    drain_referrers(now, "a.example", "a.example", "b.example", "c.example", "d.example", link_id=link.pk)
    rows = ScopeFacet.objects.filter(dimension="referrer", scope="team").values_list("value", "people")
    assert dict(rows) == {"a.example": 2, "b.example": 1, OTHER: 2}
