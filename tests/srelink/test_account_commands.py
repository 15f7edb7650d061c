import json
import stat
from typing import Any


def without(terminal: Any, *names: str) -> Any:
    terminal.environment = {name: value for name, value in terminal.environment.items() if name not in names}
    return terminal


def test_login_stores_what_works_for_its_owner_only(srelink: Any) -> None:
    url, token = srelink.environment["SRELINK_URL"], srelink.environment["SRELINK_TOKEN"]
    ended = without(srelink, "SRELINK_URL", "SRELINK_TOKEN")("--url", f"{url}/", "login", typed=f"{token}\n")
    stored = srelink.folder / "config.json"
    assert (ended.code, ended.out.startswith("Hello Alice.")) == (0, True)
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert json.loads(stored.read_text()) == {"url": url, "token": token}
    assert srelink("whoami").code == 0


def test_login_with_a_wrong_token_stores_nothing(srelink: Any) -> None:
    assert srelink("login", typed="wrong\n").code == 4
    assert not (srelink.folder / "config.json").exists()


def test_login_without_a_token_is_no_sense(srelink: Any) -> None:
    assert srelink("login", typed="\n").code == 2


def test_whoami_tells_teams_and_scopes(srelink: Any) -> None:
    out = srelink("whoami").out
    assert "payments (manager)" in out
    assert "links:write" in out


def test_config_shows_only_the_beginning_of_a_token(srelink: Any) -> None:
    ended = srelink("config", "--json")
    assert ended.json["from"] == "SRELINK_TOKEN"
    assert srelink.environment["SRELINK_TOKEN"] not in ended.out


def test_without_a_token_nothing_is_asked(srelink: Any) -> None:
    assert without(srelink, "SRELINK_TOKEN")("list").code == 4


def test_without_an_address_the_way_out_is_told(srelink: Any) -> None:
    ended = without(srelink, "SRELINK_URL")("list")
    assert ended.code == 2
    assert "srelink login" in ended.err
