"""What a chunk of an import locks before it publishes anything.

Whoever changes a domain or a link publishes while the row is locked; who publishes first and locks rows afterwards
would wait for them, and they for him.
"""

from collections.abc import Sequence

from portal.lib.errors import DomainError
from shortener.models import Link
from shortener.services import domains
from shortener.services.importing.plans import Action, Plan


def hold_domains(fresh: Sequence[Plan], *, team_id: int) -> list[Plan]:
    """Reads the case rules of these new links anew and keeps them until the caller's transaction ends.

    Plans whose domain went out of service meanwhile fail; the others are returned.
    """
    used = {id(plan.draft.domain): plan.draft.domain for plan in fresh}
    for domain in sorted(used.values(), key=lambda one: one.pk):
        try:
            domains.hold(domain, team_id=team_id)
        except DomainError as error:
            for plan in fresh:
                if plan.draft.domain is domain:
                    plan.action, plan.errors = Action.FAIL, error.fields
    return [plan for plan in fresh if plan.action == Action.CREATE]


def hold_links(found: Sequence[Link]) -> None:
    """Locks links in the order of their keys until the caller's transaction ends."""
    list(Link.objects.select_for_update().filter(pk__in=[link.pk for link in found]).order_by("pk").values("pk"))
