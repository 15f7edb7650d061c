"""The gate from the command line: a process of its own whose exit code is the answer."""

from argparse import Namespace
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from portal.srelink import gate_commands
from portal.srelink.client import Client
from portal.srelink.configuration import Configuration
from slo.models import GateEvaluation
from tests.factories.catalog import ServiceFactory
from tests.factories.slo import SloStatusFactory

ASKED = {"kind": None, "environment": None, "version": "2.0", "approver": None, "dry_run": False, "json": False}


class Answering(Client):
    """A portal that answers with one verdict."""

    def __init__(self, verdict: str) -> None:
        super().__init__(Configuration("http://portal.example", "token"))
        self.verdict, self.asked = verdict, ("", {"": ""})

    def get(self, path: str, **query: Any) -> Any:
        self.asked = (path, query)
        return {"verdict": self.verdict, "reasons": ["Because."], "notes": []}


@pytest.mark.parametrize(
    ("verdict", "strict", "code"),
    [("allow", True, 0), ("warn", False, 0), ("warn", True, 7), ("deny", False, 6), ("deny", True, 6)],
)
def test_the_exit_code_is_the_answer(verdict: str, strict: bool, code: int, capsys: Any) -> None:
    portal = Answering(verdict)
    assert gate_commands.gate(portal, Namespace(**ASKED, service="a/b", strict=strict)) == code
    assert portal.asked == ("services/a%2Fb/gate/", {"version": "2.0"})
    assert capsys.readouterr().out == f"{verdict}\n  Because.\n"


def test_a_real_portal_denies(terminal_of: Callable[..., Any], team: Any) -> None:
    slo = SloStatusFactory(slo__service=ServiceFactory(team=team, slug="checkout"), remaining_ratio=Decimal(-1)).slo
    ended = terminal_of("releases:read")("gate", "checkout", "--dry-run", "--json")
    assert (ended.code, ended.json["budgets"][0]["slo"]) == (6, slo.public_id)
    assert GateEvaluation.objects.get().is_dry_run
