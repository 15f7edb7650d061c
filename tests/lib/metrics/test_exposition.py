from pathlib import Path

import pytest
from pytest_django import Settings

from portal.lib.metrics import exposition


@pytest.mark.django_db
def test_the_web_process_shows_the_business_gauges(settings: Settings) -> None:
    settings.PORTAL_PROCESS = "web"
    assert b"portal_database_bytes" in exposition.render()


@pytest.mark.django_db
def test_the_other_processes_do_not_repeat_them(settings: Settings) -> None:
    settings.PORTAL_PROCESS = "worker"
    assert b"portal_database_bytes" not in exposition.render()


@pytest.mark.django_db
def test_several_workers_are_read_from_their_shared_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    text = exposition.render()
    assert text.count(b"# HELP portal_host_load1 ") == 1
