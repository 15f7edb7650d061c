"""Mails as alerts."""

from datetime import UTC, datetime

import pytest

from oncall.domain.formats import mails
from oncall.domain.formats.mails import Mail
from oncall.domain.formats.words import Words
from oncall.domain.signals import Signal


def parsed(subject: str, thread: str = "", body: str = "It is down.") -> Signal:
    return mails.parse(Mail(subject, body, "nagios@example.com", thread), Words())


def test_a_mail_opens_an_alert() -> None:
    found = parsed("Re: [WARNING] Disk of db-1")
    assert (found.title, found.status, found.severity, found.detail) == (
        "Disk of db-1",
        "firing",
        "warning",
        "It is down.",
    )
    assert found.labels == {"sender": "nagios@example.com"}


@pytest.mark.parametrize("word", ["RESOLVED: {}", "{} recovered", "[OK] {}", "Re: {} is up"])
def test_a_word_that_says_so_resolves_the_alert_of_the_same_subject(word: str) -> None:
    found = parsed(word.format("Disk of db-1"))
    assert (found.status, found.dedup_key) == ("resolved", parsed("PROBLEM: Disk of db-1").dedup_key)


def test_a_word_within_another_resolves_nothing() -> None:
    assert parsed("The cookbook is unresolvable").status == "firing"


def test_mails_of_one_conversation_are_one_alert() -> None:
    assert parsed("Disk", "<1@a>").dedup_key == parsed("Something else", "<1@a>").dedup_key
    assert parsed("Disk").dedup_key != parsed("Memory").dedup_key


@pytest.mark.parametrize(
    ("headers", "thread"),
    [
        ({}, ""),
        ({"In-Reply-To": "<b@x>"}, "<b@x>"),
        ({"In-Reply-To": "<b@x>", "References": "<a@x>\r\n <b@x>"}, "<a@x>"),
        ({"In-Reply-To": "nonsense"}, ""),
    ],
    ids=["none", "reply", "long", "odd"],
)
def test_the_first_mail_names_its_conversation(headers: dict[str, str], thread: str) -> None:
    assert mails.thread_of(headers) == thread


@pytest.mark.parametrize("subject", ["", "   ", "\0", "Re: Re: "])
def test_a_mail_without_a_subject_is_an_alert_all_the_same(subject: str) -> None:
    assert parsed(subject).title
    assert parsed(subject).dedup_key


def test_an_answer_joins_the_alert_of_its_subject() -> None:
    assert parsed("AW: Re: PROBLEM: Disk", "<1@a>").dedup_key == parsed("PROBLEM: Disk").dedup_key


def test_mails_without_a_subject_are_told_apart_by_their_senders() -> None:
    ours, theirs = (mails.parse(Mail("", "x", sender), Words()) for sender in ("a@b", "c@d"))
    assert ours.dedup_key != theirs.dedup_key


RAW = b"""From: =?utf-8?q?N=C3=A4gios?= <nagios@example.com>
To: key@portal.example.com
Subject: =?utf-8?q?PROBLEM=3A_Disk_of_db-1?=
Date: Wed, 04 Mar 2026 13:00:00 +0100
Message-ID: <2@example.com>
In-Reply-To: <1@example.com>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>2 % are left.</p>
"""


def test_a_mail_is_read() -> None:
    found = mails.read(RAW)
    assert (found.subject, found.body.strip()) == ("PROBLEM: Disk of db-1", "2 % are left.")
    assert found.thread == "<1@example.com>"
    assert (found.sender, found.at) == ("N\u00e4gios <nagios@example.com>", datetime(2026, 3, 4, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"no header at all",
        b"Subject: x\r\nContent-Type: text/plain; charset=klingon\r\n\r\nhello",
        b"Subject: =?utf-8?b?!!!?=\r\nDate: never\r\nFrom: @@\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x",
        b"Subject: a\0b\r\nDate: Mon, 99 Foo 99999 99:99:99 +9999\r\n\r\n\0",
    ],
    ids=["empty", "bytes", "text", "charset", "headers", "parts", "controls"],
)
def test_whatever_comes_is_an_alert(raw: bytes) -> None:
    found = mails.parse(mails.read(raw), Words())
    assert found.dedup_key
    assert "\0" not in found.title + found.detail


PARTS = b"""Subject: Disk
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/html

<b>rich</b>
--x
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

gr=C3=BCn
--x
Content-Type: text/plain
Content-Disposition: attachment; filename=log.txt

the log
--x--
"""


def test_of_many_parts_the_plain_one_is_read() -> None:
    assert mails.read(PARTS).body.strip() == "gr\u00fcn"


def test_a_header_that_never_ends_is_cut() -> None:
    found = mails.read(b"Subject: " + 60_000 * b"=?utf-8?q?a?= " + b"\r\n\r\nx")
    assert len(found.subject) < mails.HEADER
