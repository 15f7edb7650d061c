"""The counts of SLIs per minute, hour and day: counts only, never ratios.

A refresh reads all SLIs of a few minutes, hours and days. A btree on the time finds them wherever they stand, and costs
six bytes a row because thousands of rows share one instant. A BRIN is a thousand times smaller, but reads the whole
table once one of its ranges is left unsummarised, as an interrupted autovacuum does, or once the past comes in late.
"""

from django.db import models


class CountsRow(models.Model):
    """Good and valid events of one span of one SLI."""

    good = models.BigIntegerField()
    total = models.BigIntegerField()

    class Meta:
        abstract = True


class MinuteCount(CountsRow):
    """One minute; `measured` is false where nothing was looked at. Partitioned by day, kept for days."""

    pk = models.CompositePrimaryKey("sli_id", "minute")
    sli = models.ForeignKey("slo.Sli", on_delete=models.DO_NOTHING, db_index=False, db_constraint=False)
    minute = models.DateTimeField()
    measured = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["minute"], name="minute_count_minute")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(good__gte=0, good__lte=models.F("total")), name="minute_count_good_within_total"
            )
        ]
        verbose_name = "minute of counts"
        verbose_name_plural = "minutes of counts"

    def __str__(self) -> str:
        return f"{self.sli_id} {self.minute}"


class HourCount(CountsRow):
    """One full hour, the sum of its minutes."""

    pk = models.CompositePrimaryKey("sli_id", "hour")
    sli = models.ForeignKey("slo.Sli", on_delete=models.CASCADE, db_index=False)
    hour = models.DateTimeField()
    measured_minutes = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["hour"], name="hour_count_hour")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(good__gte=0, good__lte=models.F("total")), name="hour_count_good_within_total"
            )
        ]
        verbose_name = "hour of counts"
        verbose_name_plural = "hours of counts"

    def __str__(self) -> str:
        return f"{self.sli_id} {self.hour}"


class DayCount(CountsRow):
    """One full UTC day, the sum of its hours."""

    pk = models.CompositePrimaryKey("sli_id", "day")
    sli = models.ForeignKey("slo.Sli", on_delete=models.CASCADE, db_index=False)
    day = models.DateTimeField()
    measured_minutes = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="day_count_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(good__gte=0, good__lte=models.F("total")), name="day_count_good_within_total"
            )
        ]
        verbose_name = "day of counts"
        verbose_name_plural = "days of counts"

    def __str__(self) -> str:
        return f"{self.sli_id} {self.day}"


class RollUp(models.Model):
    """That an hour or a day was summed up, once for all SLIs.

    `is_stale` asks for it to be done again: a minute came late. `is_final` ends the second look.
    """

    grain = models.CharField(max_length=6, choices=[("hour", "Hour"), ("day", "Day")])
    start = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    is_stale = models.BooleanField(default=True)
    is_final = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grain", "start"], name="roll_up_once")]
        indexes = [
            models.Index(
                fields=["grain", "start"],
                name="roll_up_open",
                condition=models.Q(is_stale=True) | models.Q(is_final=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.grain} {self.start}"
