"""Where people and rooms can be reached, and by which of it for which class of alert."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class ContactMethod(models.Model):
    """One address of a person, used only once it is verified.

    Where the person has no rule for a class of alert, contacts are used in the order of `position`, each after
    `delay_minutes`. `problem` is what the last self-test or delivery found wrong; `secret` is sealed. `label` is its
    owner's own word for it.
    """

    public_id = PublicIdField(prefix="con")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="contact_methods")
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=500)
    label = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField()
    delay_minutes = models.PositiveSmallIntegerField(default=0)
    verified_at = models.DateTimeField(null=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    secret = models.TextField(blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_sent_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "address"], name="contact_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.address}"


class NotificationRule(models.Model):
    """One line of how a person wants to hear of a class of alert: by `contact`, `delay_minutes` after the step."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notification_rules")
    severity = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    contact = models.ForeignKey("oncall.ContactMethod", on_delete=models.CASCADE, related_name="rules")
    delay_minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["severity", "position"]
        constraints = [
            models.UniqueConstraint(fields=["user", "severity", "position"], name="notification_rule_position")
        ]

    def __str__(self) -> str:
        return f"{self.severity} {self.position}"


class QuietHours(models.Model):
    """When a person is not to be disturbed by what is not critical, in local time; `weekdays` is where it begins."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="quiet_hours")
    zone = models.CharField(max_length=64)
    starts = models.TimeField()
    ends = models.TimeField()
    weekdays: models.JSONField[list[int], list[int]] = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.starts} to {self.ends}"


class ContactPoint(models.Model):
    """An address of a team that is nobody's own: a chat room, a webhook. `secret` is sealed.

    `failures` counts failed deliveries in a row; too many switch it off (`disabled_at`), loudly.
    """

    team_path = "team"

    public_id = PublicIdField(prefix="cpt")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="contact_points")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=500)
    secret = models.TextField(blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_sent_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TeamOwnedQuerySet["ContactPoint"].as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["team", "name"], name="contact_point_name_per_team")]

    def __str__(self) -> str:
        return self.name


class ChatIdentity(models.Model):
    """Who somebody is in a chat: `workspace` and `external_id` are the provider's own; linked by the person."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="chat_identities")
    provider = models.CharField(max_length=20)
    workspace = models.CharField(max_length=80, blank=True)
    external_id = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "workspace", "external_id"], name="chat_identity_once")
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.external_id}"


class ChatLinkCode(models.Model):
    """A short-lived code that the chat shows and the person enters here while signed in, or the other way round."""

    provider = models.CharField(max_length=20)
    workspace = models.CharField(max_length=80, blank=True)
    external_id = models.CharField(max_length=120)
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.provider}: {self.external_id}"
