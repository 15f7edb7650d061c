"""What surrounds the demo's SLOs."""

from portal.seed.demo import load
from slo.models import CapacityPlan, CompositePart, ErrorBudgetPolicy, Heartbeat, MaintenanceWindow, Resource, Sla, Slo


def test_there_is_one_of_everything_to_look_at(loaded: load.Loaded) -> None:
    kinds = (CapacityPlan, ErrorBudgetPolicy, Heartbeat, MaintenanceWindow, Resource, Sla)
    assert {kind.__name__: kind.objects.count() for kind in kinds} == {kind.__name__: 1 for kind in kinds}


def test_the_shop_is_composed_of_its_services_and_has_numbers(loaded: load.Loaded) -> None:
    whole = Slo.objects.get(name="The shop works")
    assert CompositePart.objects.filter(composite=whole).count() == 4
    assert whole.status.total > 0


def test_the_disk_has_ninety_days_and_grows(loaded: load.Loaded) -> None:
    levels = list(Resource.objects.get().days.order_by("day").values_list("maximum", flat=True))
    assert (len(levels), levels[-1] > levels[0]) == (90, True)
