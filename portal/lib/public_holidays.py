"""The public holidays of countries and their parts, from the `holidays` package."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

COUNTRY = re.compile("[A-Z]{2}")
LANGUAGE = "en_US"
"""Named by us: else it is the language of whoever imported the library first. Countries without it use their own."""


@lru_cache(maxsize=256)
def holidays_of(country: str, subdivision: str, year: int) -> Mapping[date, str]:
    """The public holidays of a country (and part of it) from the year before to the year after; empty without one."""
    if not country:
        return {}
    years = range(year - 1, year + 2)
    return dict(holidays.country_holidays(country, subdiv=subdivision or None, years=years, language=LANGUAGE))


@lru_cache(maxsize=256)
def parts_of(country: str) -> tuple[str, ...] | None:
    """The parts of a country that have holidays of their own; None when no holidays of the country are known."""
    if COUNTRY.fullmatch(country) is None:
        return None
    try:
        return tuple(holidays.country_holidays(country).subdivisions)
    except NotImplementedError:
        return None
