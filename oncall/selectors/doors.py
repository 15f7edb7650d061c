"""Policies, contacts and integrations, as their owners see them."""

from django.db.models import QuerySet

from oncall.models import ContactMethod, EscalationPolicy, Integration
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound


def policies(actor: Actor) -> QuerySet[EscalationPolicy]:
    """The escalation policies in service that `actor` may see: by team, its default first."""
    visible = EscalationPolicy.objects.visible_to(actor).filter(archived_at=None).select_related("team")
    return visible.prefetch_related("services__service").order_by("team__name", "-is_default", "name", "pk")


def get_policy(actor: Actor, public_id: str) -> EscalationPolicy:
    """One policy, or NotFound."""
    found = policies(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such escalation policy, or you may not see it.")
    return found


def contacts_of(user_id: int) -> QuerySet[ContactMethod]:
    """A person's own contacts in their order."""
    return ContactMethod.objects.filter(user_id=user_id).order_by("position", "pk")


def get_contact(user_id: int, public_id: str) -> ContactMethod:
    """One contact of this person; another person's is NotFound."""
    found = contacts_of(user_id).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("You have no such contact.")
    return found


def integrations(actor: Actor) -> QuerySet[Integration]:
    """The integrations that `actor` may see, the working ones first."""
    visible = Integration.objects.visible_to(actor).select_related("team", "service", "policy")
    return visible.order_by("revoked_at", "team__name", "name")


def get_integration(actor: Actor, public_id: str) -> Integration:
    """One integration, or NotFound."""
    found = integrations(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such integration, or you may not see it.")
    return found
