import pytest

from shortener.domain.importing import records
from shortener.domain.importing.records import Unreadable


def test_names_of_columns_are_compared_by_letters_and_digits() -> None:
    assert records.normal("Long URL ") == records.normal("long_url") == "longurl"


def test_more_than_two_hundred_columns_are_refused() -> None:
    with pytest.raises(Unreadable, match="201 columns"):
        records.bounded(tuple(str(number) for number in range(201)))
