from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.serializers import ValidationError

from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid, NotFound
from slo.api import fields


def test_a_ratio_stays_as_exact_as_it_was_written() -> None:
    assert fields.RatioField().run_validation(0.9995) == Decimal("0.9995")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "one", None, [0.9]])
def test_what_is_no_ratio_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        fields.RatioField().run_validation(value)


def test_a_duration_is_a_number_of_seconds_both_ways() -> None:
    field = fields.SecondsField()
    assert field.run_validation(2.5) == timedelta(seconds=2.5)
    assert field.to_representation(timedelta(minutes=1)) == 60.0


def test_a_duration_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(ValidationError):
        fields.SecondsField().run_validation(1e300)


def test_a_service_is_found_by_its_id_and_by_its_slug(service: Any) -> None:
    actor = Actor.system("test")
    assert fields.service_in_path(actor, service.public_id) == fields.service_in_path(actor, service.slug) == service


@pytest.mark.django_db
def test_an_unknown_service_is_404_in_a_path_and_a_named_field_in_a_body() -> None:
    actor = Actor.system("test")
    with pytest.raises(NotFound):
        fields.service_in_path(actor, "nobody")
    with pytest.raises(Invalid) as caught:
        fields.service_in_body(actor, "nobody")
    assert list(caught.value.fields) == ["service"]
