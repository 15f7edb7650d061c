"""Saying something somewhere."""

from typing import Any

from django.core import mail

from oncall.services import trials
from tests.factories.oncall import ContactFactory

NOTE = {"subject": "Read this", "text": "Nothing to do.", "short": "Nothing."}


def test_what_the_provider_answered_is_told(bob: Any) -> None:
    tried = trials.say(ContactFactory(user=bob), **NOTE)
    assert (tried.problem, tried.answer, len(mail.outbox)) == ("", "taken by the mail server", 1)


def test_what_it_refused_is_the_problem(bob: Any) -> None:
    tried = trials.say(ContactFactory(user=bob, kind="pigeon"), **NOTE)
    assert (tried.word, tried.problem) == ("permanent", tried.answer)
