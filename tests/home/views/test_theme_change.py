import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_theme_is_kept_in_a_cookie_and_the_reader_goes_back(client: Client) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": "/alerts/?state=open"})
    assert response.cookies["theme"].value == "dark"
    assert response["Location"] == "/alerts/?state=open"


def test_an_unknown_theme_follows_the_device(client: Client) -> None:
    assert client.post("/theme/", {"theme": "pink"}).cookies["theme"].value == "auto"


@pytest.mark.parametrize("hostile", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_host(client: Client, hostile: str) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": hostile})["Location"] == "/"


def test_following_a_link_changes_nothing(client: Client) -> None:
    assert client.get("/theme/").status_code == 405
