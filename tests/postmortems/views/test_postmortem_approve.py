from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import complete_postmortem

ClientFor = Callable[[Any], Any]


def url(made: Any) -> str:
    return reverse("postmortem_approve", args=[made.public_id])


def test_the_button_moves_it(client_for: ClientFor, bob: Any, team: Any) -> None:
    made = complete_postmortem(team=team, state="in_review")
    client_for(bob).post(url(made))
    made.refresh_from_db()
    assert made.state == "approved"


def test_from_elsewhere_it_stays_and_says_why(client_for: ClientFor, bob: Any, team: Any) -> None:
    made = complete_postmortem(team=team, state="published")
    page = client_for(bob).post(url(made), follow=True)
    assert "cannot go from" in page.content.decode()


def test_looking_moves_nothing(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert client_for(bob).get(url(complete_postmortem(team=team))).status_code == 405


def test_a_viewer_is_refused(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).post(url(complete_postmortem(team=team, state="in_review"))).status_code == 403
