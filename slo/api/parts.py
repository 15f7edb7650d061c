"""The parts of a composite SLO, as the resource of SLOs shows and takes them."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from portal.accounts.domain.actors import Actor
from portal.lib.api.serializers import StrictSerializer
from portal.lib.errors import Invalid
from slo.exceptions import SloNotFound
from slo.selectors import objectives
from slo.services.composites import LARGEST_WEIGHT, Share


class PartSerializer(StrictSerializer):
    """One SLO that a composite is made of, and how much it weighs."""

    slo = serializers.CharField(source="part.public_id", max_length=40)
    weight = serializers.IntegerField(min_value=1, max_value=LARGEST_WEIGHT, default=1)


def shares(actor: Actor, given: Sequence[dict[str, Any]]) -> list[Share]:
    """The parts that a body names; Invalid at `parts` for those that the caller may not see."""
    found, problems = [], []
    for one in given:
        try:
            found.append(Share(objectives.get_slo(actor, one["part"]["public_id"]), one["weight"]))
        except SloNotFound:
            problems.append(f"There is no SLO '{one['part']['public_id']}', or you may not see it.")
    if problems:
        raise Invalid(fields={"parts": problems})
    return found
