import pytest

from shortener.domain import hostnames


@pytest.mark.parametrize("host", ["go.example.com", "a.b", "x-1.example", "xn--bcher-kva.example", "1.example"])
def test_names_that_can_serve_links_pass(host: str) -> None:
    assert hostnames.problems(host) == []


@pytest.mark.parametrize(
    "host",
    ["example", "a_b.example", "-a.example", "a-.example", "a..example", "*.example.com", "192.0.2.7", "[::1]",
     "go.localhost", "x.invalid", "a" * 64 + ".example", "a." * 127 + "example", "", "go.example.com:8001"],
)  # fmt: skip
def test_other_names_are_refused(host: str) -> None:
    assert hostnames.problems(host)
