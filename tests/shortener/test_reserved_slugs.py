from collections.abc import Iterator

from django.urls import URLResolver, get_resolver

from shortener.domain import slugs


def first_words(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The first segment of every path of the portal."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from first_words(entry, path)
        else:
            yield path.partition("/")[0]


def test_no_slug_hides_a_page_of_the_portal() -> None:
    assert {word for word in first_words(get_resolver()) if word} - slugs.RESERVED == set()
