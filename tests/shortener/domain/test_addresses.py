import pytest

from shortener.domain import addresses


@pytest.mark.parametrize(
    ("link_url", "host", "port"),
    [
        ("http://localhost:8001", "localhost", 8001),
        ("https://Go.Example.com.", "go.example.com", 443),
        ("http://go.example.com", "go.example.com", 80),
        ("http://[::1]:8001", "[::1]", 8001),
    ],
)
def test_the_link_url_names_host_and_port(link_url: str, host: str, port: int) -> None:
    assert (addresses.link_host(link_url), addresses.link_port(link_url)) == (host, port)


def test_a_link_of_the_default_domain_lives_under_the_link_url() -> None:
    url = addresses.short_url(link_url="https://go.example.com", domain="old.example.com", is_default=True, slug="a~b")
    assert url == "https://go.example.com/a~b"


def test_other_domains_share_scheme_and_port() -> None:
    url = addresses.short_url(link_url="http://localhost:8001", domain="s.example.com", is_default=False, slug="x")
    assert url == "http://s.example.com:8001/x"
