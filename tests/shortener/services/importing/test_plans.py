from typing import Any

import pytest

from shortener.services.importing import formats
from shortener.services.importing.plans import Existing, Plan, changed_fields, plans
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.services.importing.formats.helpers import drafts


@pytest.fixture
def domain() -> Any:
    return DomainFactory(is_default=True)


def planned(text: str, team: Any, domain: Any, existing: str = "report", kind: str = "csv") -> list[Plan]:
    found = drafts(text, kind=kind)
    for draft in found:
        draft.domain = domain
    return plans(found, form=formats.ALL[kind], team_id=team.pk, existing=Existing(existing))


def test_a_case_blind_domain_finds_the_link_of_another_case(team: Any) -> None:
    domain = DomainFactory(case_sensitive=False)
    link = LinkFactory(slug="ABC", key="abc", target="https://example.org/", domain=domain, team=team)
    (plan,) = planned("url,slug\nhttps://example.org/,aBc\n", team, domain)
    assert (plan.action, plan.link) == ("unchanged", link)


def test_a_source_id_finds_a_link_that_was_renamed(team: Any, domain: Any) -> None:
    link = LinkFactory(slug="new", domain=domain, team=team, external_id="import:kutt:u-1", target="https://a.example/")
    (plan,) = planned("address,target,created_at,uuid\nold,https://a.example/,,u-1\n", team, domain, kind="kutt")
    assert (plan.action, plan.link) == ("unchanged", link)


def test_the_same_source_id_of_another_team_is_another_link(team: Any, other_team: Any, domain: Any) -> None:
    LinkFactory(domain=domain, team=other_team, external_id="import:kutt:u-1")
    (plan,) = planned("address,target,created_at,uuid\nold,https://a.example/,,u-1\n", team, domain, kind="kutt")
    assert plan.action == "create"


def test_only_what_the_file_says_is_compared(team: Any, domain: Any) -> None:
    link = LinkFactory(slug="abc", title="Mine", target="https://a.example/", domain=domain, team=team)
    (plan,) = planned("url,slug,tags\nhttps://a.example/,abc,mail\n", team, domain, existing="update")
    assert (plan.action, changed_fields(plan.draft, link)) == ("update", ["tags"])


def test_visits_without_a_link_are_named(team: Any, domain: Any) -> None:
    text = "date,visitedUrl,referer\n2024-01-05,https://s.test/abc,\n"
    (plan,) = planned(text, team, domain, kind="shlink_visits")
    assert plan.errors == {"slug": ["There is no link with this slug here."]}


def test_many_rows_cost_few_questions(team: Any, domain: Any, django_assert_max_num_queries: Any) -> None:
    text = "url,slug\n" + "".join(f"https://a.example/{n},many{n}\n" for n in range(50))
    found = drafts(text)
    with django_assert_max_num_queries(2):
        plans(found, form=formats.GENERIC, team_id=team.pk, existing=Existing.REPORT)
