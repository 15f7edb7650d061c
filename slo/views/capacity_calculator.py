"""The calculators of scaling: nothing is saved."""

from fractions import Fraction

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.lib.errors import Invalid
from portal.lib.forms import add_errors
from slo.domain.capacity.autoscaling import instances_needed, scaling_threshold
from slo.forms.capacity import InstancesForm, ScalingForm


@login_required
@require_safe
def capacity_calculator(request: HttpRequest) -> HttpResponse:
    """When to add an instance, and how many a peak needs."""
    scaling = ScalingForm(request.GET if "reservation" in request.GET else None)
    instances = InstancesForm(request.GET if "peak" in request.GET else None)
    context = {
        "scaling": scaling,
        "threshold": _threshold(scaling) if scaling.is_valid() else None,
        "instances": instances,
        "needed": _needed(instances) if instances.is_valid() else None,
    }
    return render(request, "slo/capacity_calculator.html", context)


def _threshold(form: ScalingForm) -> Fraction | None:
    try:
        return scaling_threshold(form.cleaned_data["reservation"], form.cleaned_data["capacity"])
    except ValueError as error:
        add_errors(form, Invalid(fields={"reservation": [str(error)]}))
        return None


def _needed(form: InstancesForm) -> int | None:
    data = form.cleaned_data
    if data["per_instance"] <= 0:
        add_errors(form, Invalid(fields={"per_instance": ["It lies above 0."]}))
        return None
    return instances_needed(data["peak"], data["per_instance"], data["headroom"] / 100)
