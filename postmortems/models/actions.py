"""What follows from a postmortem, until it is done."""

from typing import Self

from django.db import models
from django.db.models import Q

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from postmortems.domain import actions


class ActionItemQuerySet(TeamOwnedQuerySet["ActionItem"]):
    """Action items; they are as visible as their postmortem."""

    def visible_to(self, actor: Actor) -> Self:
        """What the team's privacy allows, without the items of postmortems that `actor` may not see."""
        from postmortems.models.documents import Postmortem

        found = super().visible_to(actor)
        hidden = Postmortem.objects.filter(is_private=True).exclude(pk__in=Postmortem.objects.visible_to(actor))
        return found.exclude(postmortem__in=hidden)

    def open(self) -> Self:
        return self.exclude(state__in=sorted(actions.FINISHED))


class ActionItem(models.Model):
    """One thing to do, with one owner. `not_doing` has a reason, which the database demands."""

    team_path = "team"

    public_id = PublicIdField(prefix="act")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    postmortem = models.ForeignKey(
        "postmortems.Postmortem", on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    title = models.CharField(max_length=200)
    detail = models.TextField(max_length=4000, blank=True)
    type = models.CharField(max_length=12, choices=actions.TYPES)
    priority = models.PositiveSmallIntegerField(choices=actions.PRIORITIES, default=2)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    ticket_url = models.URLField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=actions.CHOICES, default=actions.State.PROPOSED.value)
    reason = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["priority", "due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], name="action_item_due", condition=~Q(state__in=["done", "not_doing"])),
            models.Index(fields=["owner", "state"], name="action_item_owner"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(actions.State)), name="action_item_state_is_known"),
            models.CheckConstraint(condition=Q(type__in=list(actions.Type)), name="action_item_type_is_known"),
            models.CheckConstraint(condition=Q(priority__lte=3), name="action_item_priority_0_to_3"),
            models.CheckConstraint(
                condition=~Q(state="not_doing") | ~Q(reason=""), name="action_item_not_doing_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "not_doing"], finished_at__isnull=False)
                | Q(~Q(state__in=["done", "not_doing"]), finished_at=None),
                name="action_item_finished_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def priority_word(self) -> str:
        """`p1`, as badges know it."""
        return f"p{self.priority}"


class ActionItemReminder(models.Model):
    """A reminder that was sent for one due date; unique, so that two ticks at once send it once."""

    item = models.ForeignKey("postmortems.ActionItem", on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    kind = models.CharField(max_length=8)
    reminded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "due_on", "kind"], name="item_reminder_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.item_id}"
