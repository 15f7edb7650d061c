"""Ad-hoc queries that are kept."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class SavedQuery(models.Model):
    """A query under a name, kept for a team; `asked` holds the fields as they were typed."""

    team_path = "team"

    public_id = PublicIdField(prefix="qry")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="saved_queries")
    name = models.CharField(max_length=100)
    asked = models.JSONField(default=dict)
    author = models.CharField(max_length=160)
    created_at = models.DateTimeField()

    objects = TeamOwnedQuerySet["SavedQuery"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved queries"
        constraints = [models.UniqueConstraint(fields=["team", "name"], name="saved_query_name_once_per_team")]

    def __str__(self) -> str:
        return self.name


class OpenSloDocument(models.Model):
    """The OpenSLO document that an SLO came from, so that what the portal does not know survives an export.

    `referred` holds the documents beside it that it refers to. The SLO is found again by service and name.
    """

    service = models.ForeignKey("catalog.Service", on_delete=models.CASCADE, related_name="openslo_documents")
    name = models.CharField(max_length=63)
    slo = models.OneToOneField("slo.Slo", on_delete=models.CASCADE, related_name="openslo_document")
    document = models.JSONField()
    referred = models.JSONField(default=list)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="openslo_document_once_per_service")]

    def __str__(self) -> str:
        return self.name
