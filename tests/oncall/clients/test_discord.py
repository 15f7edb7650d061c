"""Pages into a room of Discord."""

from oncall.clients import discord
from tests.oncall.clients import providers

PAGE = providers.page(next(one for one in providers.ALL if one.kind == "discord"), None)


def test_nobody_is_mentioned() -> None:
    said = discord.payload(PAGE)
    assert (said["allowed_mentions"], "@here" in said["content"]) == ({"parse": []}, False)


def test_the_way_to_act_stands_first() -> None:
    assert f"](<{PAGE.ack_url}>)" in discord.payload(PAGE)["content"]


def test_the_graph_and_the_id_go_along() -> None:
    [embed] = discord.payload(PAGE)["embeds"]
    assert (embed["image"]["url"], embed["footer"]["text"]) == (PAGE.image_url, PAGE.page_id)
