from collections.abc import Callable
from typing import Any

import pytest

from portal.srelink import program


def test_help_lists_the_exit_codes(capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(["--help"])
    assert ended.value.code == 0
    assert "the portal cannot be reached" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["fly"], ["create"], ["create", "x", "--redirect-status", "200"]])
def test_a_command_line_without_sense_is_usage(words: list[str], capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_nothing_found_is_3(srelink: Any) -> None:
    assert srelink("show", "nothing").code == 3
    assert srelink("show", "lnk_nothing").code == 3


def test_a_scope_that_is_missing_is_4(terminal_of: Callable[..., Any]) -> None:
    ended = terminal_of("links:create")("list")
    assert ended.code == 4
    assert "scope" in ended.err


def test_a_portal_that_is_not_there_is_5(srelink: Any) -> None:
    srelink.environment["SRELINK_URL"] = "http://127.0.0.1:9"
    ended = srelink("list")
    assert ended.code == 5
    assert "cannot be reached" in ended.err


def test_a_reader_that_goes_away_is_no_error(srelink: Any) -> None:
    process = srelink.start("list", "--json")
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    process.stderr.close()
    process.stdin.close()
