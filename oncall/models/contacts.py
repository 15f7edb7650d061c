"""Where a person can be reached."""

from django.db import models

from portal.lib.ids import PublicIdField


class ContactMethod(models.Model):
    """One address of a person, used after `delay_minutes` and in the order of `position`; only once it is verified."""

    public_id = PublicIdField(prefix="con")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="contact_methods")
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField()
    delay_minutes = models.PositiveSmallIntegerField(default=0)
    verified_at = models.DateTimeField(null=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "address"], name="contact_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.address}"
