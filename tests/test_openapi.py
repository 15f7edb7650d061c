"""The committed schema is the one that the code gives; `manage.py spectacular --file docs/openapi.yaml` renews it."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from django.core.management import call_command
from drf_spectacular import validation

COMMITTED = Path(__file__).resolve().parent.parent / "docs" / "openapi.yaml"
SPECIFICATION = Path(validation.__file__).with_name("openapi_3_1_schema.json")


def test_the_committed_schema_is_the_generated_one_and_has_no_warnings(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(fresh), fail_on_warn=True)
    if fresh.read_text() != COMMITTED.read_text():
        pytest.fail("The schema changed: run ./run manage spectacular --file docs/openapi.yaml and commit it.")


def test_the_committed_schema_obeys_the_specification() -> None:
    schema = yaml.load(COMMITTED.read_text(), Loader=yaml.CSafeLoader)
    specification = jsonschema_rs.validator_for(json.loads(SPECIFICATION.read_text()))
    assert [error.message for error in specification.iter_errors(schema)] == []
