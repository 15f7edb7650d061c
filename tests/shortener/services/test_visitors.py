import subprocess
import sys
from typing import Any

import pytest

from shortener.domain.visitors import STRANGER
from shortener.services import enrichment, visitors

PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/124.0.0.0 Mobile Safari/537.36"


def visitor(**changes: Any) -> Any:
    return visitors.visitor_of(**{"user_agent": PHONE, "address": "91.0.0.1", "accept_language": "de", **changes})


def test_a_visitor_is_read_as_the_drain_reads_it() -> None:
    found = visitor()
    assert found.client == tuple(enrichment.client_of(PHONE))
    assert (found.country, found.languages) == ("DE", ("de",))


def test_a_country_may_be_given_instead() -> None:
    assert visitor(country="AT").country == "AT"


def test_a_library_that_gives_up_makes_a_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ua_parser.parse", None)
    monkeypatch.setattr("iptocc.country_code", None)
    assert visitor(user_agent=f"{PHONE} unseen").client == STRANGER
    assert visitor(address="91.0.0.77").country == "unknown"


def test_edges_may_import_it_without_django() -> None:
    code = "import sys, shortener.services.visitors; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
