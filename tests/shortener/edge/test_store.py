"""The replica on disk."""

import os
from collections.abc import Iterator
from pathlib import Path

import lmdb
import pytest

from shortener.domain.replica import DomainFacts, link_key
from shortener.edge.generations import Generations
from shortener.edge.store import BrokenReplicaError, LinkRow, Replica, domain_rows

KEY = link_key("sho.test", "a")


def row(link_id: int = 1, slug: str = "a", **payload: object) -> LinkRow:
    return LinkRow(link_id, "sho.test", slug, {"target": f"https://e.com/{slug}", **payload})


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path)


@pytest.fixture
def replica(generations: Generations) -> Iterator[Replica]:
    replica = generations.new()
    yield replica
    replica.close()


def test_what_is_applied_is_found_after_a_refresh(replica: Replica) -> None:
    assert replica.apply([1], [row()], cursor=5) == {KEY}
    assert replica.find(KEY) is None
    replica.refresh()
    found = replica.find(KEY)
    assert found is not None
    assert (found.id, found.target, replica.meta()["cursor"]) == (1, "https://e.com/a", 5)


def test_applying_twice_changes_nothing(replica: Replica) -> None:
    replica.apply([1], [row()], cursor=5)
    size = replica.size()[0]
    replica.apply([1], [row()], cursor=5)
    assert replica.size()[0] == size


def test_a_renamed_link_is_gone_from_its_old_key(replica: Replica) -> None:
    replica.apply([1], [row()])
    assert replica.apply([1], [row(slug="b")]) == {KEY, link_key("sho.test", "b")}
    replica.refresh()
    assert replica.find(KEY) is None


def test_a_slug_that_went_to_another_link_stays_with_it(replica: Replica) -> None:
    replica.apply([1], [row(1)])
    replica.apply([1, 2], [row(1, "b"), row(2, "a")])
    replica.apply([1], [])
    replica.refresh()
    found = replica.find(KEY)
    assert found is not None
    assert found.id == 2


def test_a_link_without_a_row_is_forgotten(replica: Replica) -> None:
    replica.apply([1], [row()])
    assert replica.apply([1], []) == {KEY}
    replica.refresh()
    assert replica.find(KEY) is None


def test_meta_is_changed_key_by_key(replica: Replica) -> None:
    replica.set_meta(cursor=5, origin="here")
    replica.set_meta(cursor=6)
    assert replica.meta() == {"cursor": 6, "origin": "here"}


def test_domains_survive_the_way_through_the_file(replica: Replica) -> None:
    replica.set_meta(domains=domain_rows([("sho.test", {"case_sensitive": False, "is_default": True})]))
    assert replica.domains() == [DomainFacts("sho.test", case_sensitive=False, is_default=True)]


def test_an_unreadable_entry_is_an_error_of_the_store(replica: Replica) -> None:
    with replica._env.begin(write=True) as writer:
        writer.put(b"l" + KEY, b"?")
    replica.refresh()
    with pytest.raises(lmdb.Error):
        replica.find(KEY)


def test_what_became_of_the_file_is_seen(replica: Replica) -> None:
    file = replica.path / "data.mdb"
    replica.apply([], [row()])
    assert (replica.is_gone(), replica.is_cut_short()) == (False, False)
    os.truncate(file, 8192)
    assert (replica.is_gone(), replica.is_cut_short()) == (False, True)
    file.unlink()
    assert (replica.is_gone(), replica.is_cut_short()) == (True, False)


def test_a_directory_that_is_none_is_said_to_be_broken(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BrokenReplicaError):
        Replica(tmp_path / "file")
