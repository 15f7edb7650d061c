"""Who asks, from the bytes of a request."""

from shortener.edge import facts
from shortener.services import enrichment

PHONE = b"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/124.0.0.0 Mobile Safari/537.36"


def test_the_edge_sees_what_the_drain_sees() -> None:
    visitor = facts.visitor_of(PHONE, b"91.0.0.1", b"de-AT,en;q=0.5")
    assert visitor.client == tuple(enrichment.client_of(PHONE.decode()))
    assert (visitor.client.device, visitor.country, visitor.languages) == ("phone", "DE", ("de-at",))


def test_a_visitor_is_remembered() -> None:
    assert facts.visitor_of(PHONE, b"91.0.0.1", b"") is facts.visitor_of(PHONE, b"91.0.0.1", b"")


def test_hostile_bytes_are_somebody_too() -> None:
    visitor = facts.visitor_of(b"\xff\x00", b"\xff", b"\xff;q=\xff")
    assert (visitor.parsed_address, visitor.country) == (None, "unknown")


def test_the_tables_can_be_loaded_ahead() -> None:
    facts.warm()
    assert enrichment.client_of.cache_info().currsize > 0
