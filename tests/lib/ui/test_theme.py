import pytest
from django.test import RequestFactory

from portal.lib.ui import theme


@pytest.mark.parametrize(
    ("cookie", "chosen"), [("dark", "dark"), ("light", "light"), ("auto", "auto"), ("'><script>", "auto")]
)
def test_only_known_themes_come_out_of_the_cookie(cookie: str, chosen: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert theme.chosen(request) == chosen


def test_a_page_without_a_request_follows_the_device() -> None:
    assert theme.chosen(None) == "auto"
