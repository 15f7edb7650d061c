import pytest

from portal.srelink import arguments

COMMANDS = ["create", "list", "show", "update", "disable", "enable", "delete", "stats", "qr", "import", "export"]


@pytest.mark.parametrize("command", [*COMMANDS, "gate", "login", "whoami", "config"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments.parser().parse_args([command, "--help"])
    assert "--json" in capsys.readouterr().out


def test_what_is_not_given_is_none() -> None:
    given = arguments.parser().parse_args(["create", "https://example.org"])
    assert (given.slug, given.tags, given.forward_query, given.max_visits) == (None, None, None, None)
    assert arguments.parser().parse_args(["create", "x", "--no-preview"]).preview is False
