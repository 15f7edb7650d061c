"""How many instances a peak needs, and when to add one."""

import math
from decimal import Decimal
from fractions import Fraction


def instances_needed(peak: Decimal, per_instance: Decimal, headroom_ratio: Decimal) -> int:
    """The smallest number of instances that bears `peak` and the headroom on top of it; at least one.

    `per_instance` is what one instance bore in a load test, above zero and in the unit of the peak.
    """
    wanted = Fraction(peak) * (1 + Fraction(headroom_ratio))
    return max(1, math.ceil(wanted / Fraction(per_instance)))


def scaling_threshold(reservation: Decimal, capacity: Decimal) -> Fraction:
    """The use in per cent above which one more instance is needed, so that the largest container still finds room.

    (1 - reservation of the largest container / capacity of one instance) * 100; both in one unit. ValueError unless
    0 < reservation <= capacity: a container that is larger than an instance runs on none.
    """
    if not 0 < reservation <= capacity:
        raise ValueError("The reservation lies above 0 and within the capacity of one instance.")
    return (1 - Fraction(reservation) / Fraction(capacity)) * 100
