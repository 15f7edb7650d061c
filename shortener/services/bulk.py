"""One wish for many links, carried out link by link through the services of one link: same rules, events and audit.

Each link is a transaction of its own, so that one refusal keeps nothing from the others.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.lib.errors import DomainError
from shortener.models import Link
from shortener.services import links

LIMIT = 200
Kind = Literal["done", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to happen. `operation` is edit, tags, expire, disable, enable, delete or restore; `values` are the
    fields that `edit` sets, the tags are those of `tags`."""

    operation: str
    values: Mapping[str, Any] = field(default_factory=dict)
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one link, and why it was refused."""

    link: Link
    kind: Kind
    reason: str = ""


def apply(
    *, actor: Actor, chosen: Iterable[Link], wish: Wish, now: datetime, is_rehearsal: bool = False
) -> list[Outcome]:
    """Does to each link what is wished; a rehearsal does the same and takes it back, so that it foretells exactly."""
    return [_outcome(actor, link, wish, now, is_rehearsal) for link in chosen]


def counts(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many links ended in which way."""
    found = dict.fromkeys(("done", "unchanged", "refused"), 0)
    for outcome in outcomes:
        found[outcome.kind] += 1
    return found


def reason_of(error: DomainError) -> str:
    """All that a refusal says, in one line."""
    return " ".join(" ".join(messages) for messages in error.fields.values()) or error.detail


def _outcome(actor: Actor, link: Link, wish: Wish, now: datetime, is_rehearsal: bool) -> Outcome:
    try:
        with transaction.atomic():
            current = Link.objects.select_for_update(of=["self"]).select_related("domain", "team").get(pk=link.pk)
            changed = ACTS[wish.operation](actor, current, wish, now)
            if is_rehearsal:
                transaction.set_rollback(True)
    except DomainError as error:
        return Outcome(link, "refused", reason_of(error))
    return Outcome(changed, "unchanged" if changed.version == current.version else "done")


def _edit(actor: Actor, link: Link, wish: Wish, now: datetime) -> Link:
    return links.update_link(actor=actor, link=link, values=wish.values, now=now)


def _tags(actor: Actor, link: Link, wish: Wish, now: datetime) -> Link:
    wanted = [tag for tag in [*link.tags, *wish.add_tags] if tag not in wish.remove_tags]
    return links.update_link(actor=actor, link=link, values={"tags": wanted}, now=now)


def _plain(act: Callable[..., Link]) -> Callable[[Actor, Link, Wish, datetime], Link]:
    def done(actor: Actor, link: Link, _wish: Wish, now: datetime) -> Link:
        return act(actor=actor, link=link, now=now)

    return done


ACTS: dict[str, Callable[[Actor, Link, Wish, datetime], Link]] = {
    "edit": _edit,
    "tags": _tags,
    "expire": _plain(links.expire_link),
    "disable": _plain(links.disable_link),
    "enable": _plain(links.enable_link),
    "delete": _plain(links.delete_link),
    "restore": _plain(links.restore_link),
}
