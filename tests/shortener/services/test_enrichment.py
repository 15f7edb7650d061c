import pytest

from shortener.services import enrichment
from shortener.services.enrichment import Recogniser
from tests.factories.shortener import FIREFOX, GOOGLEBOT

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.0 Mobile/15E148 Safari/604.1"
)
PIXEL = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)
TABLET = "Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIREFOX, ("desktop", "Linux", "Firefox")),
        (IPHONE, ("phone", "iOS", "Mobile Safari")),
        (PIXEL, ("phone", "Android", "Chrome Mobile")),
        (TABLET, ("tablet", "Android", "Chrome")),
        ("Fridge/1.0", ("other", "unknown", "unknown")),
    ],
)
def test_a_user_agent_names_device_system_and_browser(text: str, expected: tuple[str, str, str]) -> None:
    assert enrichment.client_of(text) == (False, *expected)


@pytest.mark.parametrize("text", [GOOGLEBOT, "curl/8.5.0", "Slackbot-LinkExpanding 1.0", "", "  "])
def test_crawlers_programs_and_the_silent_are_bots(text: str) -> None:
    assert enrichment.client_of(text).is_bot


@pytest.mark.parametrize(
    ("address", "network", "country"),
    [
        ("8.8.8.8", "8.8.8.0/24", "US"),
        ("::ffff:8.8.8.8", "8.8.8.0/24", "US"),
        ("2001:db8:1:2::3", "2001:db8:1::/48", "unknown"),
        ("192.168.1.9", "192.168.1.0/24", "unknown"),
        ("not an address", "", "unknown"),
    ],
)
def test_an_address_is_cut_to_its_network(address: str, network: str, country: str) -> None:
    assert enrichment.place_of(address) == (network, country)


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://WWW.News.example:8080/a?b", "news.example"),
        ("", ""),
        ("no address", ""),
        ("http://[broken", ""),
        ("android-app://com.slack/", "com.slack"),
    ],
)
def test_a_referrer_is_kept_as_its_host(referrer: str, host: str) -> None:
    assert enrichment.referrer_host(referrer) == host


def test_the_first_language_is_kept() -> None:
    assert enrichment.language_of("de-AT,de;q=0.9,en;q=0.5") == "de"
    assert enrichment.language_of("*") == ""


@pytest.fixture
def recogniser() -> Recogniser:
    return Recogniser()


def test_a_visitor_is_known_within_a_key_only(recogniser: Recogniser) -> None:
    texts = ("https://news.example/", FIREFOX, "198.51.100.7", "de")
    first = recogniser.visit_of(texts, b"monday")
    assert first.visitor == recogniser.visit_of(("", FIREFOX, "198.51.100.7", ""), b"monday").visitor
    assert first.visitor != recogniser.visit_of(texts, b"tuesday").visitor


def test_a_visit_tells_kinds_and_places(recogniser: Recogniser) -> None:
    visit = recogniser.visit_of(("https://news.example/a", FIREFOX, "8.8.8.8", "de-AT"), b"key")
    assert (visit.network, visit.country, visit.language, visit.referrer) == ("8.8.8.0/24", "US", "de", "news.example")
    assert (visit.is_bot, visit.device, visit.os, visit.browser) == (False, "desktop", "Linux", "Firefox")


def test_a_text_that_a_library_gives_up_on_makes_a_bot(recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ua_parser.parse", lambda _text: 1 / 0)
    assert recogniser.visit_of(("", "Unheard-of/1.0", "8.8.8.8", ""), b"key").is_bot


def test_a_flood_of_made_up_agents_is_read_up_to_a_bound(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrichment, "MOST_STRANGERS", 1)
    agents = [FIREFOX, PIXEL, FIREFOX]
    assert [recogniser.visit_of(("", agent, "", ""), b"key").is_bot for agent in agents] == [False, True, False]
    recogniser.begin()
    assert not recogniser.visit_of(("", PIXEL, "", ""), b"key").is_bot
