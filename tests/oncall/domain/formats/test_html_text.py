"""Text out of HTML."""

import pytest

from oncall.domain.formats import html_text

PAGE = """<html><head><title>Mail</title><style>p { color: red }</style></head>
<body><p>2&nbsp;% are <b>left</b> &amp; shrinking</p><script>if (1 > 0) { "<p>" }</script>
<!-- 1 > 0 <p>hidden</p> --><ul><li>db-1<li>db-2</ul><table><tr><td>a</td><td>b</td></tr></table></body></html>"""


def test_what_a_person_would_read_is_left() -> None:
    assert html_text.text_of(PAGE) == "2 % are left & shrinking\ndb-1\ndb-2\na b"


@pytest.mark.parametrize(
    ("html", "text"),
    [("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"), ("a <b", "a <b"), ("<script>x", ""), ("<!--x", ""), ("", "")],
    ids=["signs", "open tag", "open script", "open comment", "nothing"],
)
def test_broken_html_is_read_all_the_same(html: str, text: str) -> None:
    assert html_text.text_of(html) == text


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<script>", "&#"])
def test_hostile_html_is_read_once(piece: str) -> None:
    assert len(html_text.text_of(piece * 20_000)) <= 20_000 * len(piece)
