"""Cursors that count bytes and can be packed; facets that wait for a fold; visitors counted from the log.

The small tables that every batch updates keep room on their pages, so that an update touches no index; the bodies of
segments are stored as they come, for compressing them cost more than counting them.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

UPDATED = (
    "clickminute", "clickhour", "clickday", "clickmonth", "clickfacet", "linktotal", "scopehour", "scopeday",
    "scopefacet", "drainday", "edgecursor", "visitorcount",
)  # fmt: skip
ROOM = "".join(f"ALTER TABLE shortener_{name} SET (fillfactor = 70);" for name in UPDATED)
NO_ROOM = "".join(f"ALTER TABLE shortener_{name} RESET (fillfactor);" for name in UPDATED)
DELTA = """
CREATE TABLE shortener_facetdelta (
    link_id bigint NOT NULL, day date NOT NULL, dimension text NOT NULL, value text NOT NULL, is_bot boolean NOT NULL,
    number bigint NOT NULL
);
"""
VISITORS = """
CREATE TABLE shortener_visitorday (
    day date NOT NULL, link_id bigint NOT NULL, visitor bytea NOT NULL, PRIMARY KEY (day, link_id, visitor)
) PARTITION BY RANGE (day);
"""


class Migration(migrations.Migration):
    dependencies = [("shortener", "0006_finding_and_trash")]

    operations = [
        migrations.RenameField(model_name="edgecursor", old_name="offset", new_name="counted_to"),
        # The run that a former cursor named is counted: its first byte is, and the rest of a repeat is unreadable.
        migrations.RunSQL(
            "UPDATE shortener_edgecursor SET counted_to = counted_to + 1",
            "UPDATE shortener_edgecursor SET counted_to = counted_to - 1",
        ),
        migrations.CreateModel(
            name="EdgeArchive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edge", models.CharField(max_length=100)),
                ("day", models.DateField()),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "counted_to",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("edge", "day"), name="edge_archive_day")],
            },
        ),
        migrations.CreateModel(
            name="VisitorCount",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("changes", models.BigIntegerField(default=0)),
                ("counted", models.BigIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            DELTA,
            "DROP TABLE shortener_facetdelta",
            state_operations=[
                migrations.CreateModel(
                    name="FacetDelta",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "link_id",
                                "day",
                                "dimension",
                                "value",
                                "is_bot",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("link_id", models.BigIntegerField()),
                        ("day", models.DateField()),
                        ("dimension", models.TextField()),
                        ("value", models.TextField()),
                        ("is_bot", models.BooleanField()),
                        ("number", models.BigIntegerField()),
                    ],
                )
            ],
        ),
        migrations.DeleteModel(name="VisitorDay"),
        migrations.RunSQL("DROP TABLE shortener_visitorday", VISITORS),
        migrations.RunSQL(ROOM, NO_ROOM),
        migrations.RunSQL(
            "ALTER TABLE shortener_segment ALTER COLUMN body SET STORAGE EXTERNAL",
            "ALTER TABLE shortener_segment ALTER COLUMN body SET STORAGE EXTENDED",
        ),
    ]
