"""What streams of SLOs are computed from, and what their adjusted hours said before."""

from django.db import models


class StreamPart(models.Model):
    """That `stream` is computed from the minutes of `parent`, which counts `weight` times."""

    stream = models.ForeignKey("slo.Sli", on_delete=models.CASCADE, related_name="parents")
    parent = models.ForeignKey("slo.Sli", on_delete=models.CASCADE, related_name="followers")
    weight = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "parent"], name="stream_part_once"),
            models.CheckConstraint(condition=~models.Q(stream=models.F("parent")), name="stream_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}: {self.parent_id} x {self.weight}"


class AdjustedHour(models.Model):
    """A full hour that a correction changed as a whole, its minutes being gone; the counts are those before any."""

    sli = models.ForeignKey("slo.Sli", on_delete=models.CASCADE, related_name="adjusted_hours")
    hour = models.DateTimeField()
    correction = models.ForeignKey("slo.Correction", on_delete=models.CASCADE, related_name="adjusted_hours")
    good = models.BigIntegerField()
    total = models.BigIntegerField()
    measured_minutes = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sli", "hour", "correction"], name="adjusted_hour_once")]

    def __str__(self) -> str:
        return f"{self.sli_id} {self.hour}"
