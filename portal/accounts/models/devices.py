"""The browsers that a person has signed in from."""

from django.db import models


class KnownDevice(models.Model):
    """One browser of one person, known by the digest of a key in a signed cookie."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64)
    user_agent = models.CharField(max_length=300, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="device_once_per_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.user_agent}"
