import json
import time
from typing import Any

import pytest
from django.utils import timezone

from shortener.models import ImportJob, Link
from shortener.services.importing import running
from tests.factories.shortener import DomainFactory, LinkFactory

ROWS = "target,slug\nhttps://example.org/a,aaa\nftp://x,b b\n"


@pytest.fixture
def file(srelink: Any) -> str:
    (srelink.folder / "links.csv").write_text(ROWS)
    return "links.csv"


def work_until_done(process: Any) -> tuple[int, str, str]:
    """Plays the worker until the process ends."""
    while process.poll() is None:
        running.import_links_due(now=timezone.now())
        time.sleep(0.1)
    out, err = process.communicate(timeout=30)
    return process.returncode, out, err


def test_a_dry_run_shows_what_would_happen(srelink: Any, file: str) -> None:
    ended = srelink("import", file, "--dry-run")
    assert ended.code == 1
    assert "Only http:// and https://" in ended.out
    assert "1 create, 1 fail. Nothing was imported." in ended.out
    assert (Link.objects.count(), ImportJob.objects.get().state) == (0, "cancelled")


def test_an_import_waits_and_tells_what_was_left_out(srelink: Any, file: str) -> None:
    code, out, err = work_until_done(srelink.start("import", file, "--tag", "moved"))
    assert code == 1
    assert "done: 2 of 2 rows" in out
    assert "Only http:// and https://" in err
    assert Link.objects.get().tags == ["moved"]


def test_rows_that_were_left_out_are_written_into_a_file(srelink: Any, file: str) -> None:
    work_until_done(srelink.start("import", file, "--errors", "errors.csv"))
    assert (srelink.folder / "errors.csv").read_text().startswith("target,slug,line,problem")


def test_a_good_import_ends_well_and_again_changes_nothing(srelink: Any) -> None:
    (srelink.folder / "good.csv").write_text(ROWS.splitlines()[0] + "\nhttps://example.org/a,aaa\n")
    assert work_until_done(srelink.start("import", "good.csv"))[0] == 0
    code, out, _ = work_until_done(srelink.start("import", "good.csv", "--json"))
    assert (code, json.loads(out)["unchanged"]) == (0, 1)


def test_an_import_need_not_be_waited_for(srelink: Any, file: str) -> None:
    ended = srelink("import", file, "--no-wait", "--json")
    assert (ended.code, ended.json["state"]) == (0, "running")


def test_columns_are_mapped_by_hand(srelink: Any) -> None:
    (srelink.folder / "odd.csv").write_text("wohin,kurz\nhttps://example.org/,x\n")
    ended = srelink("import", "odd.csv", "--dry-run", "--map", "target=wohin", "--map", "slug=kurz", "--json")
    assert (ended.code, ended.json["preview"]["rows"][0]["slug"]) == (0, "x")


def test_the_standard_input_is_a_file_too(srelink: Any) -> None:
    ended = srelink("import", "-", "--dry-run", typed="url\nhttps://example.org/\n")
    assert ended.code == 0


@pytest.mark.parametrize("words", [["nowhere.csv"], ["links.csv", "--map", "nonsense"]])
def test_what_makes_no_sense_is_told(words: list[str], srelink: Any, file: str) -> None:
    assert srelink("import", *words).code == 2


def test_a_file_that_cannot_be_read_is_refused_by_the_portal(srelink: Any) -> None:
    (srelink.folder / "x.zip").write_bytes(b"PK\x03\x04")
    ended = srelink("import", "x.zip")
    assert ended.code == 1
    assert "file: This is a ZIP archive" in ended.err


def test_an_export_goes_to_the_output_or_into_a_file(srelink: Any, team: Any) -> None:
    LinkFactory(team=team, slug="abc", domain=DomainFactory(is_default=True))
    assert json.loads(srelink("export", "--format", "jsonl").out)["slug"] == "abc"
    assert srelink("export", "-o", "links.csv", "--quiet").code == 0
    assert "abc" in (srelink.folder / "links.csv").read_text()


def test_an_export_is_imported_as_what_it_was(srelink: Any, team: Any) -> None:
    LinkFactory(team=team, slug="abc", domain=DomainFactory(is_default=True))
    srelink("export", "-o", "links.csv")
    code, out, _ = work_until_done(srelink.start("import", "links.csv", "--json"))
    assert (code, json.loads(out)["unchanged"]) == (0, 1)
