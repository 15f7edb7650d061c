import pytest

from portal.srelink import naming


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("abc", ("", "abc")),
        ("go.example.com/abc", ("go.example.com", "abc")),
        ("https://GO.example.com:8001/abc?x=1", ("go.example.com", "abc")),
        ("http://localhost:8001/a%7Eb", ("localhost", "a~b")),
    ],
)
def test_an_address_is_a_domain_and_a_slug(text: str, address: tuple[str, str]) -> None:
    assert naming.address_of(text) == address
