from tests.shortener.services.importing.formats.helpers import drafts

HEAD = "id,short_url,domain,slug,target,title,state,redirect_status,forward_query\n"


def test_columns_are_fields_and_formulas_are_restored() -> None:
    (draft,) = drafts(HEAD + "lnk_1,http://s.test/a,s.test,a,https://example.org/,'=1+1,disabled,301,true\n")
    assert (draft.given["title"], draft.given["state"]) == ("=1+1", "disabled")
    assert (draft.given["redirect_status"], draft.given["forward_query"]) == (301, True)
    assert draft.domain.name == "go.example.com"


def test_a_domain_that_is_not_here_is_named() -> None:
    (draft,) = drafts(HEAD + "lnk_1,http://x.test/a,x.test,a,https://example.org/,,active,302,false\n")
    assert draft.errors == {"domain": ["There is no domain x.test here, or your teams may not use it."]}


def test_a_ban_stays_where_it_was_spoken() -> None:
    (draft,) = drafts(HEAD + "lnk_1,http://s.test/a,s.test,a,https://example.org/,,banned,302,false\n")
    assert draft.given["state"] == "active"


def test_json_is_taken_as_it_is() -> None:
    text = '{"short_url": "http://s.test/a", "target": "https://a.example/", "slug": "a", "domain": "s.test", '
    (draft,) = drafts(text + '"redirect_status": 302, "title": "\'=x", "tags": ["a"]}\n' + "{}\n", kind="portal")[:1]
    assert (draft.given["title"], draft.given["tags"]) == ("'=x", ["a"])
