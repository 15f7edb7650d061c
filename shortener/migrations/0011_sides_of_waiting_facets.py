"""Facets that wait on one of two sides, so that one is folded while the other is written to; and short keys of facets.

The key that an upsert of a facet looks for is a number made of dimension and value: it takes half the time of the texts.
"""

from django.db import migrations, models

ONE_SIDE = """
DROP TABLE shortener_facetdelta;
CREATE TABLE shortener_facetdelta (
    link_id bigint NOT NULL, day date NOT NULL, dimension text NOT NULL, value text NOT NULL, is_bot boolean NOT NULL,
    number bigint NOT NULL
);
"""
TWO_SIDES = """
DROP TABLE shortener_facetdelta;
CREATE TABLE shortener_facetdelta (
    side smallint NOT NULL, link_id bigint NOT NULL, day date NOT NULL, dimension text NOT NULL, value text NOT NULL,
    is_bot boolean NOT NULL, number bigint NOT NULL
) PARTITION BY LIST (side);
CREATE TABLE shortener_facetdelta_0 PARTITION OF shortener_facetdelta FOR VALUES IN (0);
CREATE TABLE shortener_facetdelta_1 PARTITION OF shortener_facetdelta FOR VALUES IN (1);
"""
SHORT_KEYS = """
ALTER TABLE shortener_clickfacet DROP CONSTRAINT shortener_clickfacet_pkey,
    ADD COLUMN mark bigint GENERATED ALWAYS AS (hashtextextended(dimension || ':' || value, 0)) STORED;
CREATE UNIQUE INDEX clickfacet_mark ON shortener_clickfacet (link_id, day, mark);
ALTER TABLE shortener_scopefacet DROP CONSTRAINT shortener_scopefacet_pkey,
    ADD COLUMN mark bigint GENERATED ALWAYS AS (hashtextextended(dimension || ':' || value, 0)) STORED;
CREATE UNIQUE INDEX scopefacet_mark ON shortener_scopefacet (scope_id, scope, day, mark);
"""
LONG_KEYS = """
ALTER TABLE shortener_clickfacet DROP COLUMN mark, ADD PRIMARY KEY (link_id, day, dimension, value);
ALTER TABLE shortener_scopefacet DROP COLUMN mark, ADD PRIMARY KEY (scope, scope_id, day, dimension, value);
"""


class Migration(migrations.Migration):
    dependencies = [("shortener", "0010_the_default_domain_of_a_team")]

    operations = [
        migrations.RunSQL(
            TWO_SIDES,
            ONE_SIDE,
            state_operations=[
                migrations.DeleteModel(name="FacetDelta"),
                migrations.CreateModel(
                    name="FacetDelta",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "side",
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
                        ("side", models.SmallIntegerField()),
                        ("link_id", models.BigIntegerField()),
                        ("day", models.DateField()),
                        ("dimension", models.TextField()),
                        ("value", models.TextField()),
                        ("is_bot", models.BooleanField()),
                        ("number", models.BigIntegerField()),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            name="FacetFold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.SmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(SHORT_KEYS, LONG_KEYS),
    ]
