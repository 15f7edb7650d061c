"""The pager processes, and what was said about them out of band."""

from django.db import models


class PagerHeartbeat(models.Model):
    """The last sign of life of one pager process."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class WatchNotice(models.Model):
    """When the operator was last told out of band about one kind of trouble, so that it is told once a while."""

    topic = models.CharField(max_length=60, unique=True)
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.topic
