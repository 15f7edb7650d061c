"""The torture list on every way by which an address comes in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict

from portal.accounts.domain.actors import Actor
from shortener.api.serializers import LinkDraft, LinkPatch
from shortener.exceptions import InvalidLink
from shortener.forms import LinkForm
from shortener.services import fields, targets
from tests.shortener.torture import ACCEPTED, OWN, REFUSED

pytestmark = pytest.mark.django_db

SERVED = frozenset({"localhost"})


def is_refused(values: dict[str, Any]) -> bool:
    try:
        fields.clean(values)
    except InvalidLink:
        return True
    return False


def test_the_list_is_long() -> None:
    assert len(ACCEPTED) + len(REFUSED) >= 120
    assert len(OWN) == 9


def test_an_address_has_one_canonical_form() -> None:
    kept = {text: targets.check(text, served=SERVED) for text in ACCEPTED}
    assert kept == {text: (canonical, []) for text, canonical in ACCEPTED.items()}


def test_the_canonical_form_is_ascii_and_its_own() -> None:
    assert [canonical for canonical in ACCEPTED.values() if not canonical.isascii()] == []
    kept = {canonical: targets.check(canonical, served=SERVED)[0] for canonical in ACCEPTED.values()}
    assert kept == {canonical: canonical for canonical in ACCEPTED.values()}


def test_what_leads_nowhere_or_does_harm_is_refused() -> None:
    assert [text for text in REFUSED if not targets.check(text, served=SERVED)[1]] == []


@pytest.mark.parametrize("name", ["target", "expired_target"])
def test_a_link_answers_the_list(name: str) -> None:
    first = {"target": "https://example.org/"}
    assert {text: fields.clean({**first, name: text})[name] for text in ACCEPTED} == ACCEPTED
    assert [text for text in REFUSED if text and not is_refused({**first, name: text})] == []


@pytest.mark.parametrize("name", ["target", "expired_target"])
def test_the_api_answers_the_list(name: str) -> None:
    assert [text for text in ACCEPTED if not LinkPatch(data={name: text}).is_valid()] == []
    assert [text for text in REFUSED if text.strip() and LinkPatch(data={name: text}).is_valid()] == []
    assert not LinkDraft(data={"target": ""}).is_valid()


def test_a_body_of_the_api_keeps_the_canonical_form(api_for: Callable[..., Any]) -> None:
    api = api_for("links:write")
    made = api.post("/api/v1/links/", {"target": "HTTPS://B\u00dcCHER.example:443/a/../b"}, format="json")
    assert made.json()["target"] == "https://xn--bcher-kva.example/b"


def test_the_form_hands_every_address_on_as_it_was_given() -> None:
    handed = {}
    for text in ACCEPTED:
        data = QueryDict(mutable=True)
        data.update({"target": text, "expired_target": text, "redirect_status": "302"})
        form = LinkForm(data, actor=Actor.system("test"), initial={"target": ""})
        form.is_valid()
        handed[text] = form.composed(form.cleaned_data["target"])
    assert handed == {text: text.strip() for text in ACCEPTED}
