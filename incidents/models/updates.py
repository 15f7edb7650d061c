"""What was told to whom, and the reminders of what was not."""

from django.db import models

from incidents.domain import states, updates
from portal.lib.ids import PublicIdField


class Update(models.Model):
    """One message to stakeholders, or to the public, with the promise of the next one."""

    public_id = PublicIdField(prefix="upd")
    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="updates")
    at = models.DateTimeField()
    audience = models.CharField(max_length=10, choices=updates.AUDIENCES)
    status = models.CharField(max_length=15, choices=states.CHOICES)
    text = models.TextField(max_length=4000)
    next_due_at = models.DateTimeField(null=True, blank=True)
    author = models.CharField(max_length=160)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["incident", "-at"], name="update_incident_at")]

    def __str__(self) -> str:
        return self.text[:80]


class UpdateReminder(models.Model):
    """A reminder that was sent for one due time; unique, so that two ticks at once send it once."""

    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="reminders")
    due_at = models.DateTimeField()
    number = models.PositiveSmallIntegerField()
    reminded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "due_at", "number"], name="update_reminder_once")]

    def __str__(self) -> str:
        return f"reminder {self.number} of {self.incident_id}"
