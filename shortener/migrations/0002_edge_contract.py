"""What edges read (two views), and the click log: written by COPY, partitioned by UTC day, free of identifiers."""

from django.db import migrations, models

CLICK_LOG = """
CREATE TABLE shortener_click (
    at timestamptz NOT NULL,
    link_id bigint NOT NULL,
    status smallint NOT NULL,
    is_bot boolean NOT NULL,
    visitor bytea NOT NULL,
    network text NOT NULL,
    country text NOT NULL,
    device text NOT NULL,
    os text NOT NULL,
    browser text NOT NULL,
    language text NOT NULL,
    referrer text NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX click_at ON shortener_click USING brin (at);
"""

LINK_VIEW = """
CREATE VIEW shortener_edge_link AS
SELECT link.id AS link_id, domain.name::text AS domain, link.key::text AS slug,
    jsonb_build_object(
        'id', link.id,
        'target', link.target,
        'status', link.redirect_status,
        'state', link.state,
        'not_before', extract(epoch FROM link.not_before),
        'expires_at', extract(epoch FROM link.expires_at),
        'expired_target', nullif(link.expired_target, ''),
        'max_age', link.max_age,
        'forward_query', link.forward_query,
        'password', false,
        'preview', link.preview
    ) AS payload
FROM shortener_link link JOIN shortener_domain domain ON domain.id = link.domain_id;
"""

DOMAIN_VIEW = """
CREATE VIEW shortener_edge_domain AS
SELECT domain.name::text AS domain,
    jsonb_build_object(
        'case_sensitive', domain.case_sensitive,
        'root_target', nullif(domain.root_target, ''),
        'is_default', domain.is_default
    ) AS payload
FROM shortener_domain domain;
"""


class Migration(migrations.Migration):
    dependencies = [("shortener", "0001_initial")]

    operations = [
        migrations.RunSQL(
            CLICK_LOG,
            "DROP TABLE shortener_click",
            state_operations=[
                migrations.CreateModel(
                    name="Click",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "at",
                                "link_id",
                                "visitor",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("link_id", models.BigIntegerField()),
                        ("status", models.SmallIntegerField()),
                        ("is_bot", models.BooleanField()),
                        ("visitor", models.BinaryField()),
                        ("network", models.TextField()),
                        ("country", models.TextField()),
                        ("device", models.TextField()),
                        ("os", models.TextField()),
                        ("browser", models.TextField()),
                        ("language", models.TextField()),
                        ("referrer", models.TextField()),
                    ],
                )
            ],
        ),
        migrations.RunSQL(LINK_VIEW, "DROP VIEW shortener_edge_link"),
        migrations.RunSQL(DOMAIN_VIEW, "DROP VIEW shortener_edge_domain"),
    ]
