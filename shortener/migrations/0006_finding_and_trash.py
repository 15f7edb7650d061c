"""Indexes by which lists of links are searched and ordered and the trash is emptied; made without a lock on the table.

A total knows its link as a relation, without a constraint: the column stays as it is.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


def by_trigrams(field: str) -> django.contrib.postgres.indexes.GinIndex:
    upper = django.db.models.functions.Upper(field)
    opclass = django.contrib.postgres.indexes.OpClass(upper, name="gin_trgm_ops")
    return django.contrib.postgres.indexes.GinIndex(opclass, name=f"link_{field}_trigrams")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("lib", "0001_initial"),
        ("shortener", "0005_the_tries_of_webhooks_and_cursors_of_sweeps"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("linktotal", "link_id"),
                migrations.AddField(
                    "linktotal",
                    "link",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="click_total",
                        serialize=False,
                        to="shortener.link",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(
            "UPDATE shortener_link SET deleted_at = updated_at WHERE state = 'deleted' AND deleted_at IS NULL",
            migrations.RunSQL.noop,
        ),
        AddIndexConcurrently("link", by_trigrams("slug")),
        AddIndexConcurrently("link", by_trigrams("target")),
        AddIndexConcurrently("link", by_trigrams("title")),
        AddIndexConcurrently("link", models.Index(fields=["title", "-id"], name="link_by_title")),
        AddIndexConcurrently(
            "link",
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(("state", "deleted"), models.Q(("target", ""), _negated=True)),
                name="link_trash",
            ),
        ),
    ]
