"""What a page says."""

from typing import Any

from oncall.services import page_messages
from tests.factories.oncall import AlertFactory, PageFactory, RunFactory


def test_it_has_the_id_of_the_page_and_a_link_to_act(alice: Any, team: Any) -> None:
    page = PageFactory(run=RunFactory(alert=AlertFactory(team=team)), user=alice)
    message = page_messages.compose(page)
    assert (message.page_id, message.address) == (page.public_id, "alice@example.com")
    assert "/alerts/ack/" in message.ack_url
