import pytest

from tests.shortener.services.importing.formats.helpers import drafts


@pytest.mark.parametrize(
    "header", ["url,slug,name", "Destination URL;Short link;Title", "target\tkey\tlabel", "Long URL|Alias|Title"]
)
def test_the_usual_headings_are_understood(header: str) -> None:
    cut = next(mark for mark in ";\t|," if mark in header)
    (draft,) = drafts(f"{header}\n" + cut.join(["https://example.org/", "https://x.test/abc", "T"]))
    assert (draft.target, draft.slug, draft.given["title"]) == ("https://example.org/", "abc", "T")


def test_a_list_of_addresses_is_enough() -> None:
    assert [draft.target for draft in drafts("https://a.example/\nhttps://b.example/\n")] == [
        "https://a.example/",
        "https://b.example/",
    ]


def test_a_row_without_an_address_says_so() -> None:
    assert drafts("url,slug\n,abc\n")[0].errors == {"target": ["Give an address."]}
