from typing import Any

import pytest

from shortener.api.import_shapes import ImportDraft, ImportOptions, ImportOut
from shortener.models import ImportJob


@pytest.mark.parametrize("given", [{}, {"text": "a", "file": None}])
def test_a_draft_is_a_file_or_a_text(given: Any) -> None:
    draft = ImportDraft(data=given)
    assert not draft.is_valid()
    assert "file" in draft.errors


def test_the_text_is_kept_to_the_space() -> None:
    draft = ImportDraft(data={"text": " a\n"})
    assert draft.is_valid()
    assert draft.validated_data["text"] == " a\n"


def test_an_option_that_is_none_is_named() -> None:
    options = ImportOptions(data={"existing": "burn", "odd": 1, "add_tags": "x"})
    assert not options.is_valid()
    assert set(options.errors) == {"existing", "odd", "add_tags"}


def test_the_file_itself_and_its_author_are_not_told() -> None:
    assert not {"body", "actor", "created_by"} & set(ImportOut().fields)
    assert ImportJob.State.values == list(vars(ImportOut().fields["state"])["_choices"])
