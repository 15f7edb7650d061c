from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import postmortem

ClientFor = Callable[[Any], Any]


def url(made: Any) -> str:
    return reverse("postmortem_edit", args=[made.public_id])


def test_texts_and_marks_are_stored(client_for: ClientFor, bob: Any, team: Any) -> None:
    made = postmortem(team=team)
    given = {"title": "New", "version": 1, "text_factors": "A cache", "public_factors": "on"}
    response = client_for(bob).post(url(made), given)
    section = made.sections.get(key="factors")
    assert response.status_code == 302
    assert (section.text, section.is_public) == ("A cache", True)


def test_somebody_elses_save_is_not_overwritten(client_for: ClientFor, bob: Any, team: Any) -> None:
    made = postmortem(team=team, version=2, texts={"summary": "Theirs"})
    response = client_for(bob).post(url(made), {"title": "x", "version": 1, "text_summary": "Mine"})
    assert response.status_code == 422
    assert "Mine" in response.content.decode()


def test_the_form_is_filled(client_for: ClientFor, bob: Any, team: Any) -> None:
    made = postmortem(team=team, texts={"summary": "It broke"})
    assert client_for(bob).get(url(made)).context["form"]["text_summary"].value() == "It broke"


def test_a_viewer_is_refused(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).get(url(postmortem(team=team))).status_code == 403
