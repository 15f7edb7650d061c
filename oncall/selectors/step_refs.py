"""What the steps of policies refer to: public ids to keys and back, as far as the actor may see them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet

from oncall.domain.escalation import Jump, Notify, Plan
from oncall.models import ContactPoint, EscalationPolicy, Schedule
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.lib.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class References:
    """Keys by what people and programs call things; Invalid where there is no such thing for this actor."""

    actor: Actor

    def person(self, said: str) -> int:
        found = people.user_by_email(said) if "@" in said else User.objects.filter(public_id=said).first()
        return _key(found, f"There is no person {said}.")

    def schedule(self, said: str) -> int:
        return _key(schedules(self.actor).filter(public_id=said).first(), f"There is no schedule {said}.")

    def point(self, said: str) -> int:
        return _key(points(self.actor).filter(public_id=said).first(), f"There is no contact point {said}.")

    def policy(self, said: str) -> int:
        return _key(policies(self.actor).filter(public_id=said).first(), f"There is no escalation policy {said}.")

    def team(self, said: str) -> int:
        try:
            return people.team_by_reference(self.actor, said).pk
        except NotFound as error:
            raise Invalid(f"There is no team {said}.") from error


@dataclass(frozen=True, slots=True)
class Named:
    """The things that plans refer to, by key; what is gone is missing."""

    people: dict[int, User] = field(default_factory=dict)
    schedules: dict[int, Schedule] = field(default_factory=dict)
    points: dict[int, ContactPoint] = field(default_factory=dict)
    policies: dict[int, EscalationPolicy] = field(default_factory=dict)
    teams: dict[int, Team] = field(default_factory=dict)


def schedules(actor: Actor) -> QuerySet[Schedule]:
    """The schedules that a step may name."""
    return Schedule.objects.visible_to(actor).filter(archived_at=None).select_related("team").order_by("name")


def points(actor: Actor) -> QuerySet[ContactPoint]:
    """The contact points that a step may name."""
    return ContactPoint.objects.visible_to(actor).select_related("team").order_by("name")


def policies(actor: Actor) -> QuerySet[EscalationPolicy]:
    """The policies that a step may jump to."""
    found = EscalationPolicy.objects.visible_to(actor).filter(archived_at=None)
    return found.select_related("team").order_by("team__name", "name")


def named(plans: Iterable[Plan]) -> Named:
    """Everything that these plans refer to, in a query for each kind."""
    steps = [step for plan in plans for step in plan.steps]
    targets = [target for step in steps if isinstance(step, Notify) for target in step.targets]
    ids = {kind: {one.id for one in targets if one.kind == kind and one.id} for kind in ("person", "point")}
    schedule_ids = {one.id for one in targets if one.kind in {"schedule", "round_robin"} and one.id}
    return Named(
        people.users_by_id(ids["person"]),
        Schedule.objects.in_bulk(schedule_ids),
        ContactPoint.objects.in_bulk(ids["point"]),
        EscalationPolicy.objects.select_related("team").in_bulk(
            {step.policy_id for step in steps if isinstance(step, Jump)}
        ),
        Team.objects.in_bulk({one.team_id for one in targets if one.team_id}),
    )


def _key(found: Model | None, words: str) -> int:
    if found is None:
        raise Invalid(words)
    return int(found.pk)
