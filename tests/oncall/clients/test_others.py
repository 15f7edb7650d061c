"""Pages through apprise."""

from typing import Any

import apprise
import pytest

from oncall.clients.others import SCHEMES, OtherChannel
from tests.oncall.clients import providers
from tests.oncall.clients.receivers import HttpReceiver

PROWL = next(one for one in providers.ALL if one.kind == "apprise")


@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1/",
        "ntfy://192.168.0.1/x",
        "http://10.0.0.1/",
        "mailto://a:b@c.example",
        "prowl://",
        "PROWL:///",
    ],
)
def test_only_schemes_with_a_fixed_host_are_allowed(address: str) -> None:
    assert OtherChannel().check_address(address)


@pytest.mark.parametrize("options", ["?verify=no", "?redirect=yes", "#x"])
def test_options_are_not_allowed(options: str) -> None:
    assert "not allowed" in OtherChannel().check_address(PROWL.address + options)


def test_each_allowed_scheme_is_one_of_apprise() -> None:
    known: Any = apprise.plugins.N_MGR
    assert set(known.schemas()) >= set(SCHEMES)


def test_it_says_where_to_act(provider_http: HttpReceiver) -> None:
    OtherChannel().send(providers.page(PROWL, provider_http))
    assert "portal.example" in provider_http.came[0][2]
