"""Which replica is in use, and what becomes of those that are not whole."""

from pathlib import Path

import pytest

from shortener.domain.replica import link_key
from shortener.edge.generations import MOST_ATTEMPTS, Generations
from shortener.edge.store import LinkRow

KEY = link_key("sho.test", "a")


def row(link_id: int = 1, slug: str = "a") -> LinkRow:
    return LinkRow(link_id, "sho.test", slug, {"target": f"https://e.com/{slug}"})


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path)


def test_the_used_generation_is_opened_again(generations: Generations) -> None:
    replica = generations.new()
    replica.apply([1], [row()], cursor=5)
    generations.use(replica)
    replica.close()
    again = generations.open_current()
    assert again is not None
    assert (again.path, again.find(KEY) is not None) == (replica.path, True)
    again.close()


def test_a_generation_that_was_never_finished_is_not_used(generations: Generations) -> None:
    first, second = generations.new(), generations.new()
    generations.use(first)
    assert second.path != first.path
    generations.remove_others(first.path)
    assert [path.name for path in generations.directory.glob("replica.*")] == [first.path.name]
    first.close()
    second.close()


@pytest.mark.parametrize(("kept", "added"), [(0, b""), (0, b"\xff" * 9000), (8192, b"")])
def test_a_damaged_file_is_no_replica(generations: Generations, kept: int, added: bytes) -> None:
    replica = generations.new()
    replica.apply([], [row(number, f"s{number}") for number in range(1, 500)])
    generations.use(replica)
    replica.close()
    file = replica.path / "data.mdb"
    file.write_bytes(file.read_bytes()[:kept] + added)
    assert generations.open_current() is None


@pytest.fixture
def filled(generations: Generations) -> Path:
    """The file of a replica with 500 links, which nobody has open."""
    replica = generations.new()
    replica.apply([], [row(number, f"s{number}") for number in range(1, 500)])
    generations.use(replica)
    replica.close()
    return replica.path / "data.mdb"


@pytest.mark.parametrize(("deaths", "is_used"), [(0, True), (MOST_ATTEMPTS - 1, True), (MOST_ATTEMPTS, False)])
def test_a_replica_that_kills_its_reader_is_given_up(
    generations: Generations, filled: Path, deaths: int, is_used: bool
) -> None:
    (filled.parent.parent / "checking").write_bytes(b"x" * deaths)
    replica = generations.open_current()
    assert (replica is not None) is is_used
    assert not (filled.parent.parent / "checking").exists()


def test_another_format_is_no_replica(generations: Generations) -> None:
    replica = generations.new()
    generations.use(replica)
    replica.set_meta(format=0)
    replica.close()
    assert generations.open_current() is None


def test_without_any_generation_there_is_no_replica(generations: Generations) -> None:
    assert generations.open_current() is None
