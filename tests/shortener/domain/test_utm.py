import pytest

from shortener.domain import utm


@pytest.mark.parametrize(
    ("target", "values", "composed"),
    [
        ("https://a/", {"source": "mail"}, "https://a/?utm_source=mail"),
        ("https://a/?x=1", {"source": "mail", "medium": "news"}, "https://a/?x=1&utm_source=mail&utm_medium=news"),
        ("https://a/?utm_source=old&x=1", {"source": "new"}, "https://a/?utm_source=new&x=1"),
        ("https://a/?utm_source=1&x&utm_source=2", {"source": "new"}, "https://a/?utm_source=new&x"),
        ("https://a/?utm%5Fsource=old", {"source": "new"}, "https://a/?utm_source=new"),
        ("https://a/#top", {"campaign": "spring"}, "https://a/?utm_campaign=spring#top"),
        ("https://a/?b=%C3%BC&a=+#f?x", {"term": "a b&c"}, "https://a/?b=%C3%BC&a=+&utm_term=a%20b%26c#f?x"),
        ("https://a/?", {"content": "\u00fc"}, "https://a/?utm_content=%C3%BC"),
        ("https://a/?utm_source=old", {"source": "  "}, "https://a/?utm_source=old"),
        ("https://a/?UTM_SOURCE=old", {"source": "new"}, "https://a/?UTM_SOURCE=old&utm_source=new"),
        ("https://a/?x", {}, "https://a/?x"),
        ("https://a/", {"source": "\ud800"}, "https://a/?utm_source=%3F"),
    ],
)
def test_parameters_are_put_into_a_target(target: str, values: dict[str, str], composed: str) -> None:
    assert utm.compose(target, values) == composed


def test_composing_twice_changes_nothing_more() -> None:
    values = {"source": "mail", "term": "a=b"}
    once = utm.compose("https://a/?z=1#x", values)
    assert utm.compose(once, values) == once
    assert utm.parameters(once) == values


def test_the_parameters_of_a_target_are_read() -> None:
    found = utm.parameters("https://a/?utm_source=a+b&utm_source=c&utm_other=x&source=y&utm_term#utm_medium=z")
    assert found == {"source": "a b", "term": ""}
