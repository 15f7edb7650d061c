from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState
from django.db.models import AutoField

from portal.lib.batches import Batch, statements


@pytest.mark.parametrize("direction", ["forwards", "backwards"])
def test_the_statements_of_a_migration_stand_beside_it(tmp_path: Path, direction: str) -> None:
    (tmp_path / "sql").mkdir()
    (tmp_path / "sql" / f"0007_{direction}.sql").write_text("SELECT 1;")
    assert statements(str(tmp_path / "0007_much.py"), direction) == "SELECT 1;"


def test_the_state_is_led_on_and_its_models_are_not_rendered_meanwhile() -> None:
    state: Any = ProjectState()
    rendered = state.apps
    batch = Batch("SELECT 1", state_operations=[CreateModel("Thing", [("id", AutoField(primary_key=True))])])
    batch.state_forwards("catalog", state)
    assert ("catalog", "thing") in state.models
    assert state.apps is not rendered
