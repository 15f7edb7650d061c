from datetime import date

import pytest

from shortener.services import visitor_keys

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def test_a_day_keeps_its_key_and_another_day_has_another() -> None:
    keys = visitor_keys.keys_of([MONDAY, TUESDAY])
    assert visitor_keys.keys_of([MONDAY])[MONDAY] == keys[MONDAY] != keys[TUESDAY]


def test_a_key_that_was_forgotten_never_comes_back() -> None:
    former = visitor_keys.keys_of([MONDAY])[MONDAY]
    assert visitor_keys.forget_keys(today=date(2026, 3, 5)) == 1
    assert visitor_keys.keys_of([MONDAY])[MONDAY] != former
