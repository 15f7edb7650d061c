from urllib.parse import unquote

from shortener.domain import bookmarklets


def test_it_opens_the_form_with_address_and_title_of_the_page() -> None:
    address = bookmarklets.address("https://portal.example.com/links/new/")
    code = unquote(address.removeprefix("javascript:"))
    assert code.startswith("(function(){")
    assert "\"https://portal.example.com/links/new/\"+'?target='+encodeURIComponent(location.href)" in code
    assert "d.title.slice(0,200)" in code


def test_it_has_nothing_that_ends_an_attribute_or_a_line() -> None:
    assert not set(bookmarklets.address("https://portal.example.com/links/new/")) & set("<> \n")
