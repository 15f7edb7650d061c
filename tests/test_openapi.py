"""The committed schema is the one that the code gives; `manage.py spectacular --file docs/openapi.yaml` renews it."""

from pathlib import Path

import pytest
from django.core.management import call_command

COMMITTED = Path(__file__).resolve().parent.parent / "docs" / "openapi.yaml"


def test_the_committed_schema_is_the_generated_one_and_has_no_warnings(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(fresh), fail_on_warn=True, validate=True)
    if fresh.read_text() != COMMITTED.read_text():
        pytest.fail("The schema changed: run ./run manage spectacular --file docs/openapi.yaml and commit it.")
