"""The torture list on every way by which an address comes in."""

import pytest

from shortener.services import targets
from tests.shortener.torture import ACCEPTED, OWN, REFUSED

SERVED = frozenset({"localhost"})


def test_the_list_is_long() -> None:
    assert len(ACCEPTED) + len(REFUSED) >= 120
    assert len(OWN) == 9


@pytest.mark.parametrize(("text", "canonical"), ACCEPTED.items())
def test_an_address_has_one_canonical_form(text: str, canonical: str) -> None:
    assert targets.check(text, served=SERVED) == (canonical, [])


@pytest.mark.parametrize("text", ACCEPTED)
def test_the_canonical_form_is_ascii_and_its_own(text: str) -> None:
    canonical, _ = targets.check(text, served=SERVED)
    assert canonical.isascii()
    assert targets.check(canonical, served=SERVED) == (canonical, [])


@pytest.mark.parametrize("text", REFUSED)
def test_what_leads_nowhere_or_does_harm_is_refused(text: str) -> None:
    assert targets.check(text, served=SERVED)[1]
