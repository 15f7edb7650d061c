"""What the terminal shows of the processes' logs."""

from pathlib import Path

import pytest

from portal.embedded import logs
from portal.embedded.logs import LogTail


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('{"level": "error", "message": "no broker"}', "no broker"),
        ('{"level": "CRITICAL", "event": "gone"}', "gone"),
        ('{"level": "info", "message": "ERROR in the text of a quiet line"}', ""),
        ("Traceback (most recent call last):", "Traceback (most recent call last):"),
        ("[INFO] listening", ""),
        ("[1, 2]", ""),
    ],
)
def test_only_errors_reach_the_terminal(line: str, shown: str) -> None:
    assert logs.important_part(line) == shown


def test_lines_carry_the_name_of_their_process(tmp_path: Path) -> None:
    tail = LogTail("edge", tmp_path / "edge.log")
    (tmp_path / "edge.log").write_text("quiet\nERROR one\nERROR unfini")
    assert tail.important() == ["edge     | ERROR one"]
    assert tail.important() == []


def test_what_stood_in_the_log_before_is_not_shown_again(tmp_path: Path) -> None:
    (tmp_path / "edge.log").write_text("ERROR old\n")
    tail = LogTail("edge", tmp_path / "edge.log")
    assert tail.important() == []


def test_a_log_that_grew_too_large_is_moved_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST_BYTES", 10)
    tail = LogTail("edge", tmp_path / "edge.log")
    (tmp_path / "edge.log").write_text("a long enough line\n")
    tail.new_lines()
    assert (tmp_path / "edge.log").read_text() == ""
    assert (tmp_path / "edge.log.1").read_text() == "a long enough line\n"


def test_last_words_are_the_last_lines_in_one(tmp_path: Path) -> None:
    (tmp_path / "x.log").write_text("one\ntwo\n\nthree\n")
    assert logs.last_words(tmp_path / "x.log", 2) == "two | three"
    assert logs.last_words(tmp_path / "none.log") == ""
