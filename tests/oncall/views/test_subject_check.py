"""Advice while a subject is written."""

from collections.abc import Callable
from typing import Any

from django.test import Client

ClientFor = Callable[[Any], Client]


def test_advice_is_given(client_for: ClientFor, bob: Any) -> None:
    page = client_for(bob).get("/alerts/subject/", {"title": "The disk is full!!"}).content
    assert b"Begin with what to do" in page
    assert b"End with the last word" in page


def test_a_good_subject_is_praised_and_an_empty_one_is_left_alone(client_for: ClientFor, bob: Any) -> None:
    client = client_for(bob)
    assert b"A good subject." in client.get("/alerts/subject/", {"title": "Free the disk of db-1"}).content
    assert b"good" not in client.get("/alerts/subject/").content
