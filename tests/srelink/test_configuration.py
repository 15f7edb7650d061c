from pathlib import Path

import pytest

from portal.srelink import configuration
from portal.srelink.failures import Failure


def test_the_environment_goes_before_the_file_and_an_option_before_both(tmp_path: Path) -> None:
    environment = {"SRELINK_CONFIG": str(tmp_path / "c.json"), "SRELINK_URL": "https://env.example"}
    configuration.write(environment, url="https://file.example", token="stored")
    assert configuration.read(environment).url == "https://env.example"
    assert configuration.read(environment, url="https://option.example/").url == "https://option.example"
    assert configuration.read(environment).token == "stored"
    assert configuration.read(environment | {"SRELINK_TOKEN": "t"}).source == "SRELINK_TOKEN"


def test_the_file_lies_where_configurations_lie() -> None:
    assert configuration.path_of({"HOME": "/home/a"}) == Path("/home/a/.config/srelink/config.json")
    assert configuration.path_of({"XDG_CONFIG_HOME": "/x"}) == Path("/x/srelink/config.json")


def test_a_file_that_others_could_read_is_replaced_by_one_they_cannot(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "c.json"
    environment = {"SRELINK_CONFIG": str(path)}
    configuration.write(environment, url="https://a.example", token="t")
    path.chmod(0o644)
    configuration.write(environment, url="https://a.example", token="t")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "portal.example.com", "ftp://x", "https://"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Failure):
        configuration.clean_url(text)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text("{")
    with pytest.raises(Failure, match="cannot be read"):
        configuration.read({"SRELINK_CONFIG": str(path)})
