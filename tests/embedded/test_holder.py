"""Who holds a data directory."""

import os
from pathlib import Path

import pytest

from portal.embedded import holder
from portal.embedded.exceptions import SurroundingsError
from portal.embedded.holder import Holder


def test_the_holder_tells_its_process_and_address(tmp_path: Path) -> None:
    Holder(tmp_path).take(url="http://localhost:8000")
    assert holder.read(tmp_path) == {"pid": os.getpid(), "url": "http://localhost:8000"}


def test_a_second_holder_is_told_who_is_first(tmp_path: Path) -> None:
    first = Holder(tmp_path)
    first.take(url="http://localhost:8000")
    with pytest.raises(SurroundingsError, match=f"in use by process {os.getpid()} at http://localhost:8000"):
        Holder(tmp_path).take()


def test_a_released_directory_can_be_taken_again(tmp_path: Path) -> None:
    first = Holder(tmp_path)
    first.take()
    first.release()
    Holder(tmp_path).take()
    assert holder.alive(holder.read(tmp_path))


@pytest.mark.parametrize("facts", [{}, {"pid": "none"}, {"pid": 2**22 + 1}])
def test_a_holder_that_is_not_there_is_not_alive(facts: dict[str, object]) -> None:
    assert not holder.alive(facts)


def test_broken_facts_are_no_facts(tmp_path: Path) -> None:
    (tmp_path / "running.json").write_text("{")
    assert holder.read(tmp_path) == {}
