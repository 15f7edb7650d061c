"""What bodies of corrections name."""

from typing import Any

import pytest

from portal.lib.errors import Invalid
from slo.api.adjustments import slo_in_body
from tests.factories.slo import SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db


def test_a_body_may_name_an_slo(service: Any, alice: Any, actor_of: Any) -> None:
    slo = SloStatusFactory(slo=SloFactory(service=service)).slo
    assert slo_in_body(actor_of(alice), {"slo": {"public_id": slo.public_id}}) == slo
    assert slo_in_body(actor_of(alice), {"slo": {"public_id": None}}) is None


def test_an_unknown_one_is_told_at_its_field(alice: Any, actor_of: Any) -> None:
    with pytest.raises(Invalid) as caught:
        slo_in_body(actor_of(alice), {"slo": {"public_id": "slo_x"}})
    assert list(caught.value.fields) == ["slo"]
