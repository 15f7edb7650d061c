import pytest

from shortener.api.domain_serializers import DomainDraft, DomainOut, DomainPatch
from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db


def test_a_draft_needs_a_name_and_a_patch_needs_nothing() -> None:
    assert not DomainDraft(data={}).is_valid()
    assert DomainPatch(data={}).is_valid()


def test_a_root_target_of_old_is_shown_as_a_page() -> None:
    assert DomainOut(DomainFactory(root_target="https://a.example/")).data["root_page"] == {
        "target": "https://a.example/"
    }


def test_a_domain_without_pages_says_so() -> None:
    data = DomainOut(DomainFactory()).data
    assert [data[f"{page}_page"] for page in ("root", "unknown", "expired")] == [None, None, None]
