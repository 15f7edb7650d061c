"""What the machine must offer: each lack is one sentence."""

import shutil
import socket
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from portal.embedded import surroundings
from portal.embedded.configuration import Configuration
from portal.embedded.exceptions import SurroundingsError


class Usage(NamedTuple):
    """What shutil tells of a disk."""

    total: int
    used: int
    free: int


def test_a_data_directory_is_made_where_there_is_none(tmp_path: Path) -> None:
    surroundings.check_data_dir(tmp_path / "new" / "data")
    assert list((tmp_path / "new" / "data").iterdir()) == []


def test_a_data_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SurroundingsError, match=r"file/data cannot be written .*; set PORTAL_DATA_DIR"):
        surroundings.check_data_dir(tmp_path / "file" / "data")


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 10, 0))
    with pytest.raises(SurroundingsError, match="Less than 200 MB are free on the disk of"):
        surroundings.check_data_dir(tmp_path)


@pytest.mark.parametrize(("setting", "field"), [("PORTAL_PORT", "port"), ("PORTAL_LINK_PORT", "link_port")])
def test_a_taken_port_is_named_with_its_setting(settings_of_a_run: Configuration, setting: str, field: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SurroundingsError, match=f"Port {port} is taken .* set {setting} to a free one"):
            surroundings.check_ports(replace(settings_of_a_run, **{field: port}, admin_ports={}))


def test_one_port_for_two_purposes_is_refused(settings_of_a_run: Configuration) -> None:
    twice = replace(settings_of_a_run, link_port=settings_of_a_run.port)
    with pytest.raises(SurroundingsError, match="PORTAL_LINK_PORT and PORTAL_PORT both ask for port"):
        surroundings.check_ports(twice)
