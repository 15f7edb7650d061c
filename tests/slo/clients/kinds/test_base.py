import inspect

import pytest

from slo.clients.kinds import KINDS
from slo.clients.kinds.base import Kind


@pytest.mark.parametrize("key", sorted(KINDS))
def test_every_kind_offers_what_the_protocol_asks(key: str) -> None:
    kind: Kind = KINDS[key]
    assert (kind.key, bool(kind.label), bool(kind.methods)) == (key, True, True)
    assert inspect.iscoroutinefunction(kind.run)
    assert callable(kind.check_target)
