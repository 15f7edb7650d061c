"""What edges deliver (segments) and what the drain makes of it: roll-ups, outcomes and the account of its own work.

`link_id` is a plain number in these tables: links are never removed, and a foreign key would be checked per row.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Segment(models.Model):
    """A run of click records as one edge shipped it; gone as soon as it is drained."""

    edge = models.CharField(max_length=100)
    number = models.BigIntegerField()
    offset = models.IntegerField()
    body = models.BinaryField()
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edge", "number", "offset"], name="segment_run_once")]

    def __str__(self) -> str:
        return f"{self.edge} {self.number}+{self.offset}"


class EdgeCursor(models.Model):
    """Up to which byte a segment of an edge is counted: what lies before is a repeat."""

    edge = models.CharField(max_length=100)
    number = models.BigIntegerField()
    counted_to = models.IntegerField()
    drained_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edge", "number"], name="edge_cursor_segment")]

    def __str__(self) -> str:
        return f"{self.edge} {self.number}+{self.counted_to}"


class EdgeArchive(models.Model):
    """Cursors that nothing is expected for any more, packed into one row per edge and day of packing.

    `counted_to[i]` belongs to `numbers[i]`; all numbers lie in [first, last]. A segment that comes up again after all
    (from a restored disk, say) is still known for a repeat.
    """

    edge = models.CharField(max_length=100)
    day = models.DateField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    numbers = ArrayField(models.BigIntegerField())
    counted_to = ArrayField(models.IntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edge", "day"], name="edge_archive_day")]

    def __str__(self) -> str:
        return f"{self.edge} {self.day}"


class Click(models.Model):
    """The log: one row per click, partitioned by day, written by COPY only and dropped by partition.

    The table has no unique key (an index would cost a quarter of the drain's rate); the key here is one for Django.
    """

    pk = models.CompositePrimaryKey("at", "link_id", "visitor")
    at = models.DateTimeField()
    link_id = models.BigIntegerField()
    status = models.SmallIntegerField()
    is_bot = models.BooleanField()
    visitor = models.BinaryField()
    network = models.TextField()
    country = models.TextField()
    device = models.TextField()
    os = models.TextField()
    browser = models.TextField()
    language = models.TextField()
    referrer = models.TextField()
    rule = models.TextField(db_default="")

    def __str__(self) -> str:
        return f"{self.link_id} {self.at}"


class ClickHour(models.Model):
    """Clicks of one link in one UTC hour."""

    pk = models.CompositePrimaryKey("link_id", "hour")
    link_id = models.BigIntegerField()
    hour = models.DateTimeField()
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["hour"], name="clickhour_hour")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.hour}"


class ClickMinute(models.Model):
    """Clicks of one link in one UTC minute: the live view. Kept for a few hours."""

    pk = models.CompositePrimaryKey("link_id", "minute")
    link_id = models.BigIntegerField()
    minute = models.DateTimeField()
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["minute"], name="clickminute_minute")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.minute}"


class ClickDay(models.Model):
    """Clicks of one link on one UTC day, and the different people (by daily mark) behind them. Kept for good."""

    pk = models.CompositePrimaryKey("link_id", "day")
    link_id = models.BigIntegerField()
    day = models.DateField()
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)
    visitors = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [models.Index(fields=["day"], name="clickday_day")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.day}"


class ClickMonth(models.Model):
    """Clicks of one link in one UTC month (its first day). Kept for good."""

    pk = models.CompositePrimaryKey("link_id", "month")
    link_id = models.BigIntegerField()
    month = models.DateField()
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["month"], name="clickmonth_month")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.month}"


class ClickFacet(models.Model):
    """Clicks of one link on one UTC day by one value of a dimension.

    Dimensions: referrer, country, device, browser, os, language, rule. A day keeps a bounded number of values of a
    dimension; what is beyond counts as `other`, so that hostile referrers cannot fill the table.
    """

    pk = models.CompositePrimaryKey("link_id", "day", "dimension", "value")
    link_id = models.BigIntegerField()
    day = models.DateField()
    dimension = models.CharField(max_length=12)
    value = models.CharField(max_length=255)
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.link_id} {self.day} {self.dimension} {self.value}"


class FacetDelta(models.Model):
    """Facets that large batches left to be folded into the roll-ups; partitioned by `side`, a table for each.

    Batches append to one side while the other is folded and emptied.
    """

    pk = models.CompositePrimaryKey("side", "link_id", "day", "dimension", "value", "is_bot")
    side = models.SmallIntegerField()
    link_id = models.BigIntegerField()
    day = models.DateField()
    dimension = models.TextField()
    value = models.TextField()
    is_bot = models.BooleanField()
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.link_id} {self.day} {self.dimension} {self.value}"


class FacetFold(models.Model):
    """The one row that says which side of the waiting facets is written to, and when the next fold is due."""

    side = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.side}"


class LinkTotal(models.Model):
    """All clicks of a link so far; outlives the log. No constraint stands behind the relation."""

    link = models.OneToOneField(
        "shortener.Link", models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="click_total"
    )
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)
    last_click_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.link_id}"

    @property
    def total(self) -> int:
        return self.people + self.bots


class ScopeHour(models.Model):
    """Clicks of all links of a team or of a domain in one UTC hour, as the links stood when they were clicked."""

    pk = models.CompositePrimaryKey("scope", "scope_id", "hour")
    scope = models.CharField(max_length=6)
    scope_id = models.BigIntegerField()
    hour = models.DateTimeField()
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_id} {self.hour}"


class ScopeDay(models.Model):
    """The same by UTC day; `visitors` is the sum over the links. Kept for good."""

    pk = models.CompositePrimaryKey("scope", "scope_id", "day")
    scope = models.CharField(max_length=6)
    scope_id = models.BigIntegerField()
    day = models.DateField()
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)
    visitors = models.BigIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_id} {self.day}"


class ScopeFacet(models.Model):
    """Clicks of all links of a team or of a domain on one UTC day by one value of a dimension."""

    pk = models.CompositePrimaryKey("scope", "scope_id", "day", "dimension", "value")
    scope = models.CharField(max_length=6)
    scope_id = models.BigIntegerField()
    day = models.DateField()
    dimension = models.CharField(max_length=12)
    value = models.CharField(max_length=255)
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_id} {self.day} {self.dimension} {self.value}"


class VisitorCount(models.Model):
    """Whether the different visitors of a day must be counted again: `changes` of the day against those `counted`.

    The marks themselves stand in the log only, and are worth nothing once the key of their day is gone.
    """

    day = models.DateField(primary_key=True)
    changes = models.BigIntegerField(default=0)
    counted = models.BigIntegerField(default=0)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}"


class OrphanDay(models.Model):
    """Visits of addresses that are no link, by day; what is beyond a day's bound counts under an empty slug.

    `kind` is root, slug (no such link) or host (no such domain).
    """

    pk = models.CompositePrimaryKey("day", "host", "slug")
    day = models.DateField()
    kind = models.CharField(max_length=4, default="slug", db_default="slug")
    host = models.CharField(max_length=255)
    slug = models.CharField(max_length=100)
    visits = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day} {self.host}/{self.slug}"


class MinuteOutcome(models.Model):
    """Requests that edges answered in one UTC minute, and how many of them right and in time: an SLI source."""

    minute = models.DateTimeField(primary_key=True)
    good = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(good__lte=models.F("total")), name="outcome_good_within_total")
        ]

    def __str__(self) -> str:
        return f"{self.minute}"


class DrainDay(models.Model):
    """What was drained on one day: records taken in, and into what they went. `records` = clicks + orphans + others."""

    day = models.DateField(primary_key=True)
    runs = models.BigIntegerField(default=0)
    repeats = models.BigIntegerField(default=0)
    records = models.BigIntegerField(default=0)
    clicks = models.BigIntegerField(default=0)
    orphans = models.BigIntegerField(default=0)
    others = models.BigIntegerField(default=0)
    torn_bytes = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}"


class VisitorKey(models.Model):
    """The secret of one day under which visitors are told apart; thrown away two days later."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.day}"
