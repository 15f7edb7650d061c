"""Mails of the accounts that wait to be sent: a row first, so that no sign-in waits for a mail server."""

from django.db import models


class OutgoingMail(models.Model):
    """One mail. It is due from `due_at` until `sent_at` is set; the bodies are wiped once it is sent or given up.

    `picture` is a PNG that the HTML shows as `cid:picture`; `unsubscribe_url` stands in the mail's head.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    picture = models.BinaryField(blank=True, default=b"")
    unsubscribe_url = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=250, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="mail_due", condition=models.Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
