"""From any Python into the virtual environment."""

import os
from pathlib import Path

import pytest

from portal.embedded import entrance, installation


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """What the process would have become; the environment is ready and its variables are put back."""
    seen: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda path, argv: seen.append(argv))
    monkeypatch.setattr(os, "chdir", lambda path: None)
    monkeypatch.setattr(installation, "ensure", lambda root, kind: Path(f"/venv-{kind}/bin/python"))
    monkeypatch.setattr(os, "environ", dict(os.environ) | {"PORTAL_ENV_FILE": str(tmp_path / ".env")})
    return seen


@pytest.mark.parametrize(("command", "kind"), [("serve", "serve"), ("test", "all"), ("manage", "serve")])
def test_only_commands_with_tools_install_them(became: list[list[str]], command: str, kind: str) -> None:
    entrance.enter("/srv", [command, "x"], ("test", "check", "bench"))
    assert became == [[f"/venv-{kind}/bin/python", "-m", "portal.embedded", command, "x"]]


def test_the_environment_wins_over_the_file(became: list[list[str]], tmp_path: Path) -> None:
    os.environ["PORTAL_PORT"] = "1"
    (tmp_path / ".env").write_text("PORTAL_PORT=2\nPORTAL_LINK_PORT=3\n")
    entrance.enter("/srv", [], ())
    assert (os.environ["PORTAL_PORT"], os.environ["PORTAL_LINK_PORT"]) == ("1", "3")


def test_tests_do_not_read_the_file(became: list[list[str]], tmp_path: Path) -> None:
    os.environ.pop("PORTAL_LINK_PORT", None)
    (tmp_path / ".env").write_text("PORTAL_LINK_PORT=3\n")
    entrance.enter("/srv", ["test"], ("test",))
    assert "PORTAL_LINK_PORT" not in os.environ


def test_a_broken_file_is_one_sentence(
    became: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_text("nonsense\n")
    assert entrance.enter("/srv", [], ()) == 2
    assert capsys.readouterr().err == f"Line 1 of {tmp_path / '.env'} is not NAME=value.\n"
