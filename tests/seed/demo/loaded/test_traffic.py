import shortener.selectors
from portal.accounts.domain.actors import Actor
from portal.seed.demo import load
from portal.seed.demo.traffic import daylight


def test_every_click_is_counted_once(loaded: load.Loaded) -> None:
    ids = list(shortener.selectors.links(Actor.system("test")).values_list("pk", flat=True))
    totals = shortener.selectors.link_totals(ids).values()
    assert loaded.clicks == sum(total.people + total.bots for total in totals) > 90


def test_traffic_is_least_before_dawn_and_most_in_the_afternoon() -> None:
    shares = [daylight(hour) for hour in range(24)]
    assert (shares.index(min(shares)), shares.index(max(shares))) == (4, 16)
