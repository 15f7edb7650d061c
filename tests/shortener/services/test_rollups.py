import pytest

from shortener.domain.segments import ClickRecord
from shortener.domain.tallies import Tally, Visit
from shortener.models import ClickFacet, LinkTotal
from shortener.services import rollups
from tests.factories.shortener import NOON

pytestmark = pytest.mark.django_db

VISIT = Visit(False, b"\x00\xff", "192.0.2.0/24", "AT", "phone", "iOS", "Safari", "de", "a\\b.example")
AT_US = int(NOON.timestamp() * 1_000_000)


def tally() -> Tally:
    made = Tally()
    made.add_click(ClickRecord(AT_US, 7, 302, True), VISIT, AT_US)
    return made


def test_writing_twice_adds_twice() -> None:
    rollups.write(tally())
    rollups.write(tally())
    assert LinkTotal.objects.get().people == 2
    assert set(ClickFacet.objects.values_list("people", flat=True)) == {2}


def test_an_empty_tally_writes_nothing() -> None:
    rollups.write(Tally())
    assert not LinkTotal.objects.exists()


def test_backslashes_survive_the_copy() -> None:
    rollups.write(tally())
    assert ClickFacet.objects.filter(dimension="referrer", value="a\\b.example").exists()
