"""What stands beside a rotation: swaps, time off, shifts on record, handoff notes, and what people are told of."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class Swap(models.Model):
    """`person` gives their shifts in the span away; `taker` has taken them.

    An open one may be taken while it runs, from then on, and expires with its end.
    `role` narrows it to one role; `offered_to` to one colleague. `time_off` asked for it where it is set.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    team_path = "schedule__team"

    public_id = PublicIdField(prefix="swp")
    schedule = models.ForeignKey("oncall.Schedule", on_delete=models.CASCADE, related_name="swaps")
    role = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    offered_to = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taker = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    time_off = models.ForeignKey(
        "oncall.TimeOff", on_delete=models.SET_NULL, null=True, blank=True, related_name="swaps"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = TeamOwnedQuerySet["Swap"].as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="swap_span"),
            models.CheckConstraint(
                condition=Q(status="taken", taker__isnull=False) | ~Q(status="taken"), name="swap_taken_by_somebody"
            ),
            ExclusionConstraint(
                name="swap_no_overlap",
                expressions=[
                    ("schedule", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Func("starts_at", "ends_at", function="TSTZRANGE"), RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=["open", "taken"]),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="swap_open", condition=Q(status="open"))]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.starts_at}"


class TimeOff(models.Model):
    """When a person is away; it moves no shift by itself: each shift in it asks for cover by a swap."""

    public_id = PublicIdField(prefix="off")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="times_off")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="time_off_span")]

    def __str__(self) -> str:
        return f"{self.user_id} from {self.starts_at}"


class Shift(models.Model):
    """Who held a role, on record once it is past: no later edit rewrites it. Long shifts are cut at each recording."""

    schedule = models.ForeignKey("oncall.Schedule", on_delete=models.CASCADE, related_name="shifts")
    role = models.CharField(max_length=20)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_span"),
            models.UniqueConstraint(fields=["schedule", "role", "user", "starts_at"], name="shift_once"),
        ]
        indexes = [models.Index(fields=["user", "starts_at"], name="shift_user_start")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} from {self.starts_at}"


class HandoffNote(models.Model):
    """What one shift tells the next."""

    team_path = "schedule__team"

    schedule = models.ForeignKey("oncall.Schedule", on_delete=models.CASCADE, related_name="handoff_notes")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField()

    objects = TeamOwnedQuerySet["HandoffNote"].as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.schedule_id} at {self.created_at}"


class DutyNotice(models.Model):
    """One mail about duty that is not a page: a reminder, a handoff, a change that moves shifts, a gap. Sent once.

    `key` is what it is about, so that repeats of the tick that writes it do nothing.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="duty_notices")
    key = models.CharField(max_length=255, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="duty_notice_due", condition=Q(sent_at=None, given_up_at=None))]

    def __str__(self) -> str:
        return self.subject
