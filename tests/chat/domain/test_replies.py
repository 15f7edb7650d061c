import pytest

from portal.chat.domain.replies import MOST, Reply, plain, to_json


@pytest.mark.parametrize("hostile", ["<!channel>", "@here", "@channel", "<https://evil.example|x>", "&lt;!here&gt;"])
def test_foreign_text_mentions_nobody_and_links_nowhere(hostile: str) -> None:
    made = plain(f"Down {hostile}")
    assert "<" not in made
    assert hostile not in made


def test_foreign_text_stays_one_line_that_can_be_read() -> None:
    assert plain("The cart\n is   gone") == "The cart is gone"


def test_an_answer_is_for_the_asker_alone_unless_it_is_public() -> None:
    assert to_json(Reply("Yes.")) == {"response_type": "ephemeral", "text": "Yes."}
    assert to_json(Reply("Yes.", is_public=True))["response_type"] == "in_channel"


def test_a_picture_is_an_attachment_with_a_title() -> None:
    made = to_json(Reply("See", image_url="https://portal.example/graph.png", image_title="Bad events"))
    assert made["attachments"] == [
        {"fallback": "Bad events", "title": "Bad events", "image_url": "https://portal.example/graph.png"}
    ]


def test_a_long_answer_is_cut_before_the_chat_refuses_it() -> None:
    assert len(to_json(Reply("x" * 10_000))["text"]) == MOST + 1
