import pytest

from shortener.domain.importing.records import normal
from shortener.services.importing import formats
from shortener.services.importing.formats.base import FIELDS, Format


@pytest.mark.parametrize("form", formats.ALL.values(), ids=list(formats.ALL))
def test_each_format_names_only_fields_that_exist(form: Format) -> None:
    assert set(form.aliases) <= set(FIELDS)
    assert len(form.kind) <= 20
    assert form.label
    assert form.hint


@pytest.mark.parametrize("form", formats.ALL.values(), ids=list(formats.ALL))
def test_each_format_writes_columns_as_they_are_compared(form: Format) -> None:
    names = {name for found in form.aliases.values() for name in found} | {n for s in form.signatures for n in s}
    assert {normal(name) for name in names} == names


def test_a_column_serves_one_field_only() -> None:
    class Odd(Format):
        aliases = {"target": ("url",), "slug": ("url", "key")}

    assert Odd().guess(["URL", "Key"]) == {"target": "URL"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("createdAt,title,shortUrl,longUrl,tags,visits\n", "shlink"),
        ('[{"shortCode": "a", "longUrl": "b"}]', "shlink"),
        ("browser,date,referer,visitedUrl\n", "shlink_visits"),
        ("source,target,hits\n", "yourls"),
        ("keyword,url,title,timestamp,ip,clicks\n", "yourls"),
        ("-- dump\nINSERT INTO yourls_url VALUES (1);", "yourls"),
        ('{"links": [{"link": "bit.ly/a", "long_url": "b", "custom_bitlinks": []}]}', "bitly"),
        ("Bitlink,Long URL,Title\n", "bitly"),
        ('{"data": [{"address": "a", "target": "b", "visit_count": 1}]}', "kutt"),
        ("id,short_url,domain,slug,target,redirect_status\n", "portal"),
        ("name,destination\n", "csv"),
        ("[broken", "csv"),
    ],
)
def test_a_file_is_recognised_by_its_columns(text: str, kind: str) -> None:
    assert formats.detect(text).kind == kind
