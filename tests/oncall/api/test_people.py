"""People as resources refer to them."""

from typing import Any

import pytest

from oncall.api.people import PersonSerializer, person
from portal.lib.errors import Invalid


def test_a_person_is_found_by_id_and_by_mail(bob: Any) -> None:
    assert person(bob.public_id, "user") == person("Bob@example.com", "user") == bob


def test_an_unknown_person_is_named_at_the_field(db: None) -> None:
    for reference in ("usr_nobody", "nobody@example.com"):
        with pytest.raises(Invalid) as refused:
            person(reference, "members")
        assert list(refused.value.fields) == ["members"]


def test_a_person_is_shown_in_few_words(bob: Any) -> None:
    assert PersonSerializer(bob).data == {"id": bob.public_id, "name": "Bob"}
