"""What a page says."""

import pytest

from oncall.domain import messages


@pytest.mark.parametrize(
    "title",
    [
        "Roll back",
        "Roll back the router config in every region of the world",
        "x" * 300,
        "Roll\r\nBcc: all@example.com",
    ],
)
def test_a_subject_is_one_short_line(title: str) -> None:
    subject = messages.subject(title)
    assert len(subject) < 50
    assert subject.splitlines() == [subject]


def test_a_short_title_is_kept_whole() -> None:
    assert messages.subject("Roll back the router") == "Act: Roll back the router"


def test_a_long_title_is_cut_at_a_word() -> None:
    assert (
        messages.subject("Roll back the router config in every region")
        == "Act: Roll back the router config in every region"
    )
    assert messages.subject("Roll back the router config in every region now").endswith("region\u2026")


def test_the_way_to_act_stands_above_the_detail() -> None:
    told = {"severity": "critical", "where": "Checkout", "since": "now", "runbook_url": "", "ack_url": "https://a/"}
    text = messages.body(title="Act", detail="It is down.", **told)
    assert text.index("https://a/") < text.index("It is down.")
    assert "none is set" in text
