"""Pages into Microsoft Teams through the webhook of a workflow, as an Adaptive Card.

Source: learn.microsoft.com, "Create incoming webhooks with Workflows": `{"type": "message", "attachments": [card]}`,
answered with 202. What still speaks the words of the retired Office connectors says 200 and means no: `Webhook message
delivery failed with error: ... HTTP error 429`.
"""

import re
from typing import Any

from oncall.clients import http_posts
from oncall.domain import marks
from oncall.domain.messages import Message, Receipt, shortened

EXAMPLE = "https://prod-00.westeurope.logic.azure.com:443/workflows/xxxx"
HOSTS = ("logic.azure.com", "api.powerplatform.com", "api.powerautomate.com", "logic.azure.us")
RETIRED = "webhook.office.com"
TYPE = "application/vnd.microsoft.card.adaptive"
FAILED = re.compile(r"failed with error.*?HTTP error (\d{3})|failed with error")
MOST = 8000


class TeamsChannel:
    """POSTs a card with a link to the alert: workflows have no buttons that call back."""

    kind = "teams"
    label = "Microsoft Teams"
    hint = "The address of a workflow “Post to a channel when a webhook request is received”."
    for_people = False
    for_teams = True

    def check_address(self, address: str) -> str:
        if RETIRED in address.casefold():
            return f"Microsoft has switched Office connectors off; make a workflow. Its address looks like {EXAMPLE}."
        return http_posts.url_problem(address, HOSTS, EXAMPLE)

    def send(self, message: Message) -> Receipt:
        headers = {"x-ms-client-request-id": message.page_id}
        answer = http_posts.post_json(message.address, payload(message), headers=headers)
        if not http_posts.is_taken(answer):
            raise http_posts.refusal(answer)
        failed = FAILED.search(http_posts.text_of(answer))
        if failed:
            status = int(failed[1] or 500)
            raise http_posts.refusal(answer, permanent=http_posts.is_final(status))
        return Receipt(answer.headers.get("x-ms-workflow-run-id", "")[:200], f"HTTP {answer.status}")


def payload(message: Message) -> dict[str, Any]:
    """The card: a title, the text line by line, the graph, and a button that opens the alert."""
    body: list[dict[str, Any]] = [
        _text(message.subject, weight="Bolder", size="Large", color="Attention" if message.is_urgent else "Default"),
        _text(message.text, isSubtle=False),
    ]
    if message.image_url:
        body.append({"type": "Image", "url": message.image_url, "altText": "Graph of the alert"})
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    if message.is_page:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Acknowledge or resolve", "url": message.ack_url}]
    return {"type": "message", "attachments": [{"contentType": TYPE, "contentUrl": None, "content": card}]}


def _text(text: str, **style: Any) -> dict[str, Any]:
    """Lines end with two breaks, or the card would put them into one."""
    lines = marks.markdown(shortened(text, MOST)).replace("\n", "\n\n")
    return {"type": "TextBlock", "text": lines, "wrap": True, **style}
