import pytest

from shortener.services import targets

pytestmark = pytest.mark.django_db

SERVED = frozenset({"localhost", "xn--exmple-cua.com"})


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTP://EXAMPLE.org:80/A", "http://example.org/A"),
        (" https://example.org/a b?q=\u00fc#\u00e9 ", "https://example.org/a%20b?q=%C3%BC#%C3%A9"),
        ("https://fa\u00df.example/", "https://xn--fa-hia.example/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("https://example.org/a/../b", "https://example.org/b"),
        ("https:\\\\example.org\\x", "https://example.org/x"),
        ("https://example.org:8443/", "https://example.org:8443/"),
    ],
)
def test_an_address_is_kept_in_its_canonical_form(text: str, canonical: str) -> None:
    assert targets.check(text, served=SERVED) == (canonical, [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "https://user:secret@example.org/",
        "https://user@example.org/",
        "https://ex ample.org/",
        "https://example.org/\nx",
        "java\tscript:alert(1)",
        "https://ex%00ample.org/",
        "https://xn--/",
        "https://example.org/" + "x" * 16_000,
        "https://example.org/" + "\u00fc" * 3_000,
        "https://example.org:99999/",
        "https://[::1/",
        "\ud800",
    ],
)
def test_what_must_not_be_shortened_is_refused(text: str) -> None:
    assert targets.check(text, served=SERVED)[1]


@pytest.mark.parametrize(
    "text", ["http://localhost:8001/x", "http://LOCALHOST.:8001/", "http://ex\u00e4mple.com:8001/x"]
)
def test_our_own_short_addresses_are_refused_in_any_spelling(text: str) -> None:
    assert targets.check(text, served=SERVED)[1] == ["This address is a short link of this portal itself."]


@pytest.mark.django_db
def test_the_link_urls_host_is_always_served() -> None:
    assert targets.served_hosts() == {"localhost"}


@pytest.mark.parametrize(
    ("target", "host"),
    [("https://Example.org./x", "example.org"), ("https://[::1]:8443/", "[::1]"), ("no address", "")],
)
def test_the_host_of_an_address_is_told_as_hosts_are_compared(target: str, host: str) -> None:
    assert targets.host_of(target) == host


@pytest.mark.parametrize(
    ("text", "part"), [("https://ex ample.org/a", '"ex ample.org" is no host'), ("example.org", "begin with https://")]
)
def test_an_address_that_cannot_be_read_is_told_what_to_do(text: str, part: str) -> None:
    assert part in targets.check(text, served=SERVED)[1][0]


def test_other_pages_of_the_portal_may_be_shortened() -> None:
    assert targets.check("http://localhost:8000/links/", served=SERVED)[1] == []
