"""What edges read of the new fields (two views), and the marks of each day's visitors, partitioned by day."""

from django.db import migrations

OLD = "DROP VIEW shortener_edge_link; DROP VIEW shortener_edge_domain;"

LINK_VIEW = """
CREATE VIEW shortener_edge_link AS
SELECT link.id AS link_id, domain.name::text AS domain, link.key::text AS slug,
    jsonb_strip_nulls(jsonb_build_object(
        'id', link.id,
        'target', link.target,
        'status', link.redirect_status,
        'state', CASE WHEN link.ban_id IS NOT NULL AND link.state <> 'deleted' THEN 'banned' ELSE link.state END,
        'not_before', extract(epoch FROM link.not_before),
        'expires_at', extract(epoch FROM link.expires_at),
        'expired_target', nullif(link.expired_target, ''),
        'max_age', link.max_age,
        'forward_query', link.forward_query,
        'forward_path', link.forward_path,
        'is_indexed', link.is_indexed,
        'password', link.password_hash <> '',
        'preview', link.preview,
        'max_visits', link.max_visits,
        'open_without_counter', link.is_open_without_counter,
        'rules', CASE WHEN link.rules = '[]'::jsonb THEN NULL ELSE link.rules END
    )) AS payload
FROM shortener_link link JOIN shortener_domain domain ON domain.id = link.domain_id
WHERE domain.archived_at IS NULL;
"""

DOMAIN_VIEW = """
CREATE VIEW shortener_edge_domain AS
SELECT domain.name::text AS domain,
    jsonb_strip_nulls(jsonb_build_object(
        'case_sensitive', domain.case_sensitive,
        'root_target', nullif(domain.root_target, ''),
        'is_default', domain.is_default,
        'pages', CASE WHEN domain.pages = '{}'::jsonb THEN NULL ELSE domain.pages END,
        'records_network', domain.records_network,
        'records_device', domain.records_device,
        'records_referrer', domain.records_referrer,
        'records_visitor', domain.records_visitor,
        'respects_opt_out', domain.respects_opt_out
    )) AS payload
FROM shortener_domain domain WHERE domain.archived_at IS NULL;
"""

FORMER_VIEWS = """
DROP VIEW shortener_edge_link; DROP VIEW shortener_edge_domain;
CREATE VIEW shortener_edge_link AS
SELECT link.id AS link_id, domain.name::text AS domain, link.key::text AS slug,
    jsonb_build_object('id', link.id, 'target', link.target, 'status', link.redirect_status, 'state', link.state,
        'not_before', extract(epoch FROM link.not_before), 'expires_at', extract(epoch FROM link.expires_at),
        'expired_target', nullif(link.expired_target, ''), 'max_age', link.max_age,
        'forward_query', link.forward_query, 'password', false, 'preview', link.preview) AS payload
FROM shortener_link link JOIN shortener_domain domain ON domain.id = link.domain_id;
CREATE VIEW shortener_edge_domain AS
SELECT domain.name::text AS domain,
    jsonb_build_object('case_sensitive', domain.case_sensitive, 'root_target', nullif(domain.root_target, ''),
        'is_default', domain.is_default) AS payload
FROM shortener_domain domain;
"""

VISITORS = """
CREATE TABLE shortener_visitorday (
    day date NOT NULL, link_id bigint NOT NULL, visitor bytea NOT NULL, PRIMARY KEY (day, link_id, visitor)
) PARTITION BY RANGE (day);
"""


class Migration(migrations.Migration):
    dependencies = [("shortener", "0003_the_whole_shortener")]

    operations = [
        migrations.RunSQL(OLD + LINK_VIEW + DOMAIN_VIEW, FORMER_VIEWS),
        migrations.RunSQL(VISITORS, "DROP TABLE shortener_visitorday"),
    ]
