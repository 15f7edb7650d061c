"""A postmortem and its parts. Its text is rows of sections, so that a public version is an allow-list."""

from typing import Self

import nh3
from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from postmortems.domain import states

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
CONFIDENCES = [("measured", "Measured"), ("estimated", "Estimated"), ("guess", "Guess")]
PRECISIONS = [("minute", "Minute"), ("hour", "Hour"), ("day", "Day"), ("unknown", "Unknown")]


class PostmortemQuerySet(TeamOwnedQuerySet["Postmortem"]):
    """Postmortems; everything starts with `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """What the team's privacy allows; those of private incidents only to its responders and administrators."""
        found = super().visible_to(actor)
        if not actor.is_known or actor.is_administrator:
            return found
        teams = [pk for pk, held in actor.roles.items() if held >= Role.RESPONDER]
        return found.filter(Q(is_private=False) | Q(team_id__in=teams))


class Postmortem(models.Model):
    """What was learned from one or more incidents, or from an event without one.

    `origin` names the fact that owes it where that is no incident, such as `gate override gov_...`: one each.
    """

    team_path = "team"

    public_id = PublicIdField(prefix="pmt")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    incidents = models.ManyToManyField("incidents.Incident", through="postmortems.Covers", related_name="+")
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=states.CHOICES, default=states.State.DRAFT.value)
    is_private = models.BooleanField(default=False)
    is_required = models.BooleanField(default=False)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=80, null=True, blank=True, unique=True)
    no_items_reason = models.TextField(max_length=2000, blank=True)
    review_again_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PostmortemQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="postmortem_state"),
            models.Index(fields=["team", "-created_at"], name="postmortem_team"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(states.State)), name="postmortem_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def severity_word(self) -> str:
        """`sev2`, as badges know it; empty for an event without an incident."""
        return f"sev{self.severity}" if self.severity else ""


class Covers(models.Model):
    """Which incident a postmortem is about; each incident has one at most, which makes drafting idempotent."""

    postmortem = models.ForeignKey("postmortems.Postmortem", on_delete=models.CASCADE, related_name="covers")
    incident = models.OneToOneField("incidents.Incident", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.postmortem_id} covers {self.incident_id}"


class Section(models.Model):
    """One section. `is_public` puts it into the public version."""

    postmortem = models.ForeignKey("postmortems.Postmortem", on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=20)
    text = models.TextField(max_length=40000, blank=True)
    is_public = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["postmortem", "key"], name="section_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def html(self) -> SafeString:
        """The text as HTML: Markdown without raw HTML, and cleaned again."""
        return SafeString(nh3.clean(MARKDOWN.render(self.text)))


class TimelineRow(models.Model):
    """A line of the document's timeline, copied from the incident's or written by hand."""

    postmortem = models.ForeignKey("postmortems.Postmortem", on_delete=models.CASCADE, related_name="timeline")
    at = models.DateTimeField()
    precision = models.CharField(max_length=8, choices=PRECISIONS, default="minute")
    text = models.CharField(max_length=1000)
    evidence_url = models.URLField(max_length=500, blank=True)
    entry = models.ForeignKey("incidents.TimelineEntry", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["postmortem", "entry"], name="timeline_row_once")]

    def __str__(self) -> str:
        return self.text[:80]


class ImpactRow(models.Model):
    """One number of the impact; `key` marks those that are computed, which a new computation replaces."""

    postmortem = models.ForeignKey("postmortems.Postmortem", on_delete=models.CASCADE, related_name="impacts")
    key = models.CharField(max_length=80, blank=True)
    label = models.CharField(max_length=120)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    unit = models.CharField(max_length=40)
    confidence = models.CharField(max_length=10, choices=CONFIDENCES, default="estimated")
    is_estimate = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["postmortem", "key"], condition=~Q(key=""), name="computed_impact_once")
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value} {self.unit}"


class Review(models.Model):
    """Who is asked to read it, and what they said."""

    postmortem = models.ForeignKey("postmortems.Postmortem", on_delete=models.CASCADE, related_name="reviews")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["postmortem", "user"], name="review_once_per_person")]

    def __str__(self) -> str:
        return f"{self.user_id} reads {self.postmortem_id}"


class Revision(models.Model):
    """The whole text as it was before an edit."""

    postmortem = models.ForeignKey("postmortems.Postmortem", on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    author = models.CharField(max_length=160)
    text = models.JSONField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["postmortem", "version"], name="revision_once")]

    def __str__(self) -> str:
        return f"version {self.version} of {self.postmortem_id}"
