"""Usage and what bounds it: links and clicks per owner and month, quotas of teams, and who gets the weekly mail."""

from django.db import models

from portal.lib.ids import PublicIdField


class OwnerMonth(models.Model):
    """Links made by and clicks counted for one owner (a person, or a team's service accounts) in one UTC month."""

    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+")
    owner = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="+")
    month = models.DateField()
    links = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "owner", "month"], nulls_distinct=False, name="owner_month_once")
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.owner_id} {self.month}"


class Quota(models.Model):
    """What a team may use in a month; empty means without bound. Redirects are never refused for it.

    `counted_links` are the links that were made in `counted_month` so far, kept by whoever makes one.
    """

    public_id = PublicIdField(prefix="quo")
    team = models.OneToOneField("accounts.Team", models.CASCADE, related_name="+")
    links_per_month = models.PositiveIntegerField(null=True, blank=True)
    clicks_per_month = models.PositiveBigIntegerField(null=True, blank=True)
    warned_month = models.DateField(null=True, blank=True)
    counted_month = models.DateField(null=True, blank=True)
    counted_links = models.BigIntegerField(default=0, db_default=0)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Quota of {self.team}"


class WeeklyMail(models.Model):
    """A person's wish to get a team's link report by mail each week."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+")
    sent_week = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="weekly_mail_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.team_id}"
