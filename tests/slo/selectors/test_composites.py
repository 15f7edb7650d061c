"""Finding what is composed of what."""

from typing import Any

import pytest

from slo.models import CompositePart
from slo.selectors import composites
from tests.factories.slo import SloFactory

pytestmark = pytest.mark.django_db


def test_compositions_are_found_upwards_and_downwards(service: Any, django_assert_num_queries: Any) -> None:
    top, middle, low, alone = (SloFactory(service=service) for _ in range(4))
    CompositePart.objects.create(composite=top, part=middle)
    CompositePart.objects.create(composite=middle, part=low)
    with django_assert_num_queries(4):
        assert composites.related_parts({middle.pk}) == {top.pk: {middle.pk}, middle.pk: {low.pk}}
    assert composites.related_parts({alone.pk}) == {}
