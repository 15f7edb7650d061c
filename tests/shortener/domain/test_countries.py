import pytest

from shortener.domain import countries


@pytest.mark.parametrize(("code", "name"), [("AT", "Austria (AT)"), ("gb", "United Kingdom (GB)"), ("ZZ", "ZZ")])
def test_a_code_has_a_name(code: str, name: str) -> None:
    assert countries.name(code) == name


def test_every_code_has_two_capitals_and_a_name() -> None:
    assert all(len(code) == 2 and code.isupper() and name for code, name in countries.NAMES.items())
    assert len(countries.NAMES) == 251
