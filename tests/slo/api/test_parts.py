"""The parts of composites as the API takes and shows them."""

from typing import Any

import pytest

from portal.lib.errors import Invalid
from slo.api.parts import PartSerializer, shares
from slo.models import CompositePart
from slo.services.composites import Share
from tests.factories.slo import SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db


def test_a_part_is_shown_with_its_weight(service: Any) -> None:
    part = CompositePart(composite=SloFactory(service=service), part=SloFactory(service=service), weight=3)
    assert PartSerializer(part).data == {"slo": part.part.public_id, "weight": 3}


@pytest.mark.parametrize(
    ("given", "field"),
    [({"weight": 2}, "slo"), ({"slo": "x", "weight": 0}, "weight"), ({"slo": "x", "size": 1}, "size")],
    ids=["no slo", "no weight", "unknown"],
)
def test_what_is_no_part_is_told(given: dict[str, Any], field: str) -> None:
    serializer = PartSerializer(data=given)
    assert not serializer.is_valid()
    assert list(serializer.errors) == [field]


def test_bodies_become_shares(service: Any, alice: Any, actor_of: Any) -> None:
    slo = SloStatusFactory(slo=SloFactory(service=service)).slo
    given = [{"part": {"public_id": slo.public_id}, "weight": 2}]
    assert shares(actor_of(alice), given) == [Share(slo, 2)]


def test_what_nobody_may_see_is_named(alice: Any, actor_of: Any) -> None:
    with pytest.raises(Invalid) as caught:
        shares(actor_of(alice), [{"part": {"public_id": "slo_x"}, "weight": 2}])
    assert caught.value.fields == {"parts": ["There is no SLO 'slo_x', or you may not see it."]}
