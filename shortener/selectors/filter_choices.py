"""What a reader may choose from when a list of links is narrowed."""

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import people
from shortener.selectors import finding
from shortener.selectors.filters import ME

SHOWN = 200


def owners(actor: Actor) -> list[tuple[str, str]]:
    """`me`, and the people of the reader's teams by name; for administrators everybody's, up to a bound."""
    found = User.objects.filter(is_active=True)
    if not actor.is_administrator:
        found = found.filter(memberships__team__in=sorted(actor.team_ids)).distinct()
    others = found.exclude(pk=actor.user_id or 0).order_by("name", "email")[:SHOWN]
    return [(ME, "Me"), *((person.public_id, str(person)) for person in others)]


def teams(actor: Actor) -> list[tuple[str, str]]:
    """The teams that the reader may see, by name."""
    return list(people.teams(actor).order_by("name").values_list("slug", "name")[:SHOWN])


def domains(actor: Actor) -> list[tuple[str, str]]:
    """The domains that the reader may use."""
    return [(name, name) for name in finding.domains(actor).values_list("name", flat=True)[:SHOWN]]


def tags(actor: Actor) -> list[tuple[str, str]]:
    """The tags of the newest links."""
    return [(tag, tag) for tag in finding.used_tags(actor)]
