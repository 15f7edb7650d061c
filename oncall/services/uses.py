"""What policies name is not taken away under them: it would be missing when it is needed."""

from oncall.selectors import step_uses
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Conflict


def refuse_while_named(*, actor: Actor, kind: str, key: int) -> None:
    """Conflict with the names of what names this contact point, schedule or policy."""
    found = step_uses.named_by(actor, kind, key)
    if found:
        raise Conflict(f"Change first what names it: {', '.join(found)}.")
