"""What is known of who asks."""

import pytest

from shortener.domain.visitors import Visitor


def test_nothing_is_worked_out_before_it_is_asked_for() -> None:
    asked: list[str] = []

    def client_of(text: str) -> tuple[bool, str, str, str]:
        asked.append(text)
        return False, "phone", "iOS", "Safari"

    visitor = Visitor(user_agent="a", client_of=client_of)
    assert asked == []
    assert (visitor.client.device, visitor.client.os, visitor.client.is_bot) == ("phone", "iOS", False)
    assert asked == ["a"]


@pytest.mark.parametrize(
    ("address", "parsed"),
    [("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::1"), ("x", "None")],
)
def test_a_mapped_address_is_the_one_it_maps(address: str, parsed: str) -> None:
    assert str(Visitor(address=address).parsed_address) == parsed


def test_a_visitor_of_ipv6_stays_the_same_within_its_network() -> None:
    one, two = Visitor(address="2001:db8::1"), Visitor(address="2001:db8::ffff:2")
    assert one.identity == two.identity != Visitor(address="2001:db8:0:1::1").identity


def test_visitors_of_one_address_differ_by_their_user_agent() -> None:
    assert Visitor("a", "192.0.2.1").identity != Visitor("b", "192.0.2.1").identity


def test_a_visitor_without_headers_is_a_bot_from_nowhere_without_language() -> None:
    visitor = Visitor()
    assert (visitor.client.is_bot, visitor.country, visitor.languages) == (True, "unknown", ())
