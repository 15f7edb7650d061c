from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import ActionItemFactory, ImpactRowFactory, TimelineRowFactory, postmortem

ClientFor = Callable[[Any], Any]


def url(made: Any) -> str:
    return reverse("postmortem_detail", args=[made.public_id])


def test_it_reads_like_a_document(client_for: ClientFor, vera: Any, team: Any) -> None:
    made = postmortem(team=team, texts={"summary": "It **broke**."})
    ImpactRowFactory(postmortem=made, label="Orders lost")
    TimelineRowFactory(postmortem=made, text="Shipped")
    ActionItemFactory(team=team, postmortem=made, title="Refuse empty configs")
    body = client_for(vera).get(url(made)).content.decode()
    assert "<strong>broke</strong>" in body
    assert all(text in body for text in ("Orders lost", "Shipped", "Refuse empty configs"))


def test_the_public_version_is_an_allow_list(client_for: ClientFor, vera: Any, team: Any) -> None:
    made = postmortem(team=team, texts={"summary": "For all", "factors": "For us"})
    body = client_for(vera).get(url(made), {"version": "public"}).content.decode()
    assert "For all" in body
    assert "For us" not in body


def test_writers_see_what_a_reviewer_would_ask(client_for: ClientFor, bob: Any, team: Any) -> None:
    made = postmortem(team=team, texts={"factors": "The engineer forgot to check."})
    body = client_for(bob).get(url(made)).content.decode()
    assert "Summary is empty." in body
    assert "engineer forgot" in body


def test_markup_of_people_is_not_run(client_for: ClientFor, vera: Any, team: Any) -> None:
    made = postmortem(team=team, texts={"summary": "<script>alert(1)</script> [x](javascript:alert(1))"})
    body = client_for(vera).get(url(made)).content.decode()
    assert "<script>alert" not in body
    assert 'href="javascript' not in body


def test_a_private_one_is_not_found(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).get(url(postmortem(team=team, is_private=True))).status_code == 404
