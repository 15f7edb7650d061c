"""Many operations of a migration as one batch: as operations of their own, all models are rendered anew for each."""

from pathlib import Path

from django.db.migrations import RunSQL
from django.db.migrations.state import ProjectState


def statements(migration: str, direction: str) -> str:
    """The SQL beside a migration file, `sql/<number>_<direction>.sql`, sent as one: taking it apart takes seconds."""
    place = Path(migration)
    return (place.parent / "sql" / f"{place.stem[:4]}_{direction}.sql").read_text(encoding="utf-8")


class Batch(RunSQL):
    """Statements, and a state that is rendered once after all of its operations and not after each."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # a cache of Django's: whoever needs the models next renders them
        super().state_forwards(app_label, state)
