"""The one place that decides which rows of teams an actor may see."""

from typing import Any, Self, TypeVar

from django.db import models

from portal.accounts.domain.actors import Actor

M = TypeVar("M", bound=models.Model)


class TeamOwnedQuerySet(models.QuerySet[M]):
    """Rows that belong to a team, found over the model's `team_path` ("team", or "service__team")."""

    def visible_to(self, actor: Actor) -> Self:
        """What `actor` may read: everything of teams that are not private, and of those where they have a role.

        Anonymous visitors see nothing, administrators everything, and a token held to one team only that team's.
        """
        if not actor.is_known:
            return self.none()
        path = self.team_path
        if actor.only_team_id is not None:
            return self.filter(**{path or "pk": actor.only_team_id})
        if actor.is_administrator:
            return self
        public = models.Q(**{self._lookup("is_private"): False})
        return self.filter(public | models.Q(**{f"{path or 'pk'}__in": sorted(actor.team_ids)}))

    @property
    def team_path(self) -> str:
        """The lookup path from a row to its team; empty for teams themselves."""
        model: Any = self.model
        return str(vars(model).get("team_path", "team"))

    def _lookup(self, field: str) -> str:
        return f"{self.team_path}__{field}" if self.team_path else field
