"""The holidays that the package knows."""

from datetime import date

from portal.lib import public_holidays


def test_holidays_of_the_years_around_are_known() -> None:
    found = public_holidays.holidays_of("AT", "", 2026)
    assert {date(2025, 1, 1), date(2026, 12, 25), date(2027, 1, 1)} <= set(found)
    assert public_holidays.holidays_of("", "", 2026) == {}


def test_the_parts_of_a_country_are_known() -> None:
    assert {"BY", "BE"} <= set(public_holidays.parts_of("DE") or ())
    assert [public_holidays.parts_of(country) for country in ("ZZ", "at", "__class__")] == [None, None, None]
