"""Foreign text in the markup of others."""

import pytest

from oncall.domain import marks


def test_slack_sees_no_mention_and_no_link() -> None:
    assert (
        marks.slack("<!channel> & <https://evil.example|ok>")
        == "&lt;!channel&gt; &amp; &lt;https://evil.example|ok&gt;"
    )


@pytest.mark.parametrize("text", ["*bold*", "[x](https://evil.example)", "`code`", "# title", "~~gone~~"])
def test_markdown_shows_as_it_is(text: str) -> None:
    assert not any(sign in marks.markdown(text).replace("\\" + sign, "") for sign in "*[](`#~)")


def test_markdown_mentions_nobody() -> None:
    assert "@everyone" not in marks.markdown("hello @everyone")


def test_a_fence_cannot_be_left() -> None:
    assert marks.fenced("a ``` b\n``` @here").count("```") == 2


def test_xml_holds_no_markup_and_no_control_characters() -> None:
    assert marks.xml("<Hangup/> \x00\x1b \"a\" & 'b'") == "&lt;Hangup/&gt;  &quot;a&quot; &amp; &#x27;b&#x27;"
