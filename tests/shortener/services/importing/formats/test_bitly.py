import json

from tests.shortener.services.importing.formats.helpers import drafts

PAGE = {
    "links": [
        {
            "created_at": "2024-01-05T10:00:00+0000",
            "id": "s.test/2abc",
            "link": "https://s.test/2abc",
            "custom_bitlinks": ["https://s.test/launch", "https://s.test/2abc"],
            "long_url": "https://example.org/",
            "title": "Launch",
            "archived": True,
            "tags": ["mail"],
        }
    ],
    "pagination": {"next": ""},
}


def test_each_back_half_becomes_a_link() -> None:
    found = drafts(json.dumps(PAGE))
    assert [draft.slug for draft in found] == ["2abc", "launch"]
    assert [draft.line for draft in found] == [1, 2]
    assert {draft.target for draft in found} == {"https://example.org/"}


def test_an_archived_link_is_tagged() -> None:
    assert drafts(json.dumps(PAGE))[0].given["tags"] == ["mail", "archived"]


def test_a_csv_is_matched_by_the_words_of_its_headings() -> None:
    text = 'Bitlink,Long URL,Title,Tags,Date Created,Engagements\nbit.ly/x,https://a.example/,T,"a, b",2024-01-05,9\n'
    (draft,) = drafts(text)
    assert (draft.slug, draft.given["tags"], sum(map(sum, draft.days.values()))) == ("x", ["a", "b"], 9)
