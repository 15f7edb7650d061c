"""Pages into Microsoft Teams."""

from typing import Any

import pytest

from oncall.clients import channels, teams
from oncall.exceptions import DeliveryError
from tests.oncall.clients import providers
from tests.oncall.clients.receivers import HttpReceiver

TEAMS = next(one for one in providers.ALL if one.kind == "teams")
PAGE = providers.page(TEAMS, None)


def card() -> dict[str, Any]:
    [attachment] = teams.payload(PAGE)["attachments"]
    return dict(attachment["content"])


def test_the_card_opens_the_alert() -> None:
    assert card()["actions"] == [{"type": "Action.OpenUrl", "title": "Acknowledge or resolve", "url": PAGE.ack_url}]


def test_hostile_text_is_shown_as_it_is() -> None:
    assert "[x](https" not in str(card()["body"])


def test_the_graph_goes_along() -> None:
    assert card()["body"][-1]["url"] == PAGE.image_url


def test_an_office_connector_is_retired() -> None:
    said = channels.get("teams").check_address("https://example.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4")
    assert "make a workflow" in said


@pytest.mark.parametrize(("status", "permanent"), [(404, True), (429, False), (502, False)])
def test_the_error_inside_a_200_counts(provider_http: HttpReceiver, status: int, permanent: bool) -> None:
    provider_http.answer = (200, f"Webhook message delivery failed with error: endpoint returned HTTP error {status}")
    with pytest.raises(DeliveryError) as refused:
        channels.get("teams").send(providers.page(TEAMS, provider_http))
    assert refused.value.permanent is permanent
