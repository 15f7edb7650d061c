"""Filters and orders of the list of SLOs."""

from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.catalog.models import TIERS
from slo.forms.parts import FilterForm, offer
from slo.models.objectives import CATEGORIES
from slo.models.statuses import STATES
from slo.selectors import slo_lists

FIRING = "firing"


class SloFilterForm(FilterForm):
    """Filters of the list of SLOs."""

    team = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *STATES, (FIRING, "A rule fires")])
    tier = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "All tiers"), *((str(key), f"Tier {key}") for key, _ in TIERS)],
    )
    category = forms.ChoiceField(required=False, label="About", choices=[("", "Everything"), *CATEGORIES])
    owner = forms.ChoiceField(required=False)
    review = forms.ChoiceField(required=False, choices=[("", "Any"), ("due", "Review due")])
    order = forms.ChoiceField(required=False, choices=[("", "Worst first"), *slo_lists.ORDER_LABELS.items()])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        offer(self, "team", [("", "All teams"), *people.teams(actor).values_list("slug", "name")])
        owners = [("me", "Me")] if actor.user_id else []
        offer(self, "owner", [("", "Anybody"), ("none", "Nobody"), *owners, *slo_lists.owners(actor)])
