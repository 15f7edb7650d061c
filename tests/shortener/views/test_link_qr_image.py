from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("kind", "media_type", "head"), [("svg", "image/svg+xml", b"<svg "), ("png", "image/png", b"\x89PNG")]
)
def test_the_picture_comes_as_what_it_is(
    kind: str, media_type: str, head: bytes, client_for: ClientFor, vera: Any, team: Any
) -> None:
    link = LinkFactory(team=team, slug="launch")
    response = client_for(vera).get(f"/links/{link.public_id}/qr.{kind}", {"size": "128"})
    assert (response["Content-Type"], response.content[: len(head)]) == (media_type, head)
    assert response["Content-Disposition"] == f'inline; filename="launch.{kind}"'


def test_a_download_is_a_file(client_for: ClientFor, vera: Any, team: Any) -> None:
    response = client_for(vera).get(f"/links/{LinkFactory(team=team).public_id}/qr.png?download")
    assert response["Content-Disposition"].startswith("attachment")


def test_who_has_it_is_told_so(client_for: ClientFor, vera: Any, team: Any) -> None:
    browser, url = client_for(vera), f"/links/{LinkFactory(team=team).public_id}/qr.svg"
    etag = browser.get(url)["ETag"]
    again = browser.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_wrong_options_are_refused(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).get(f"/links/{LinkFactory(team=team).public_id}/qr.gif").status_code == 422
