from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import ActionItemFactory, postmortem

ClientFor = Callable[[Any], Any]
URL = reverse("postmortem_list")


def test_it_lists_with_open_items(client_for: ClientFor, vera: Any, team: Any) -> None:
    made = postmortem(team=team, title="Checkout was down")
    ActionItemFactory(team=team, postmortem=made)
    body = client_for(vera).get(URL).content.decode()
    assert "Checkout was down" in body
    assert "1 of 1" in body


def test_an_empty_list_says_what_to_do(client_for: ClientFor, vera: Any) -> None:
    assert "No postmortems yet" in client_for(vera).get(URL).content.decode()


def test_words_of_the_text_are_found(client_for: ClientFor, vera: Any, team: Any) -> None:
    made = postmortem(team=team, texts={"factors": "A stale cache"})
    postmortem(team=team)
    assert list(client_for(vera).get(URL, {"q": "stale"}).context["page"]) == [made]


def test_private_ones_are_not_listed(client_for: ClientFor, vera: Any, team: Any) -> None:
    postmortem(team=team, is_private=True)
    assert list(client_for(vera).get(URL).context["page"]) == []


def test_the_number_of_queries_does_not_grow(
    client_for: ClientFor, vera: Any, team: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        postmortem(team=team)
    client = client_for(vera)
    with django_assert_max_num_queries(25):
        client.get(URL)
