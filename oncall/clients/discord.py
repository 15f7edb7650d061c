"""Pages into a room of Discord through a webhook.

Source: docs.discord.com, "Execute Webhook" with `wait=true`: 200 and the message's id; 404 code 10015 when it is
gone; `nonce` with `enforce_nonce` is not for webhooks, so that the page's id only stands in the footer.
"""

from typing import Any

from oncall.clients import http_posts
from oncall.domain import marks
from oncall.domain.messages import Message, Receipt, shortened

EXAMPLE = "https://discord.com/api/webhooks/0000/xxxx"
HOSTS = ("discord.com", "discordapp.com")
RED, AMBER = 0xD63939, 0xF59F00


class DiscordChannel:
    """POSTs an embed that mentions nobody, and waits for the id of the message."""

    kind = "discord"
    label = "Discord"
    hint = f"The address of a webhook of a room, such as {EXAMPLE}."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        return http_posts.url_problem(address, HOSTS, EXAMPLE)

    def send(self, message: Message) -> Receipt:
        url = message.address + ("&" if "?" in message.address else "?") + "wait=true"
        answer = http_posts.post_json(url, payload(message), headers={"X-Request-Id": message.page_id})
        said = http_posts.answer_of(answer)
        if http_posts.is_taken(answer) and said.get("id"):
            return Receipt(str(said["id"])[:200], f"HTTP {answer.status}")
        raise http_posts.refusal(answer, str(said.get("message", ""))[:200])


def payload(message: Message) -> dict[str, Any]:
    """The message: the way to act stands outside the embed, where phones show it."""
    embed: dict[str, Any] = {
        "title": shortened(marks.markdown(message.subject), 250),
        "description": marks.fenced(shortened(message.text, 3500)),
        "color": RED if message.is_urgent else AMBER,
        "footer": {"text": message.page_id},
    }
    if message.image_url:
        embed["image"] = {"url": message.image_url}
    content = marks.markdown(message.subject)
    if message.is_page:
        embed["url"] = message.ack_url
        content += f"\n[Acknowledge or resolve](<{message.ack_url}>)"
    return {"content": shortened(content, 1900), "embeds": [embed], "allowed_mentions": {"parse": []}}
