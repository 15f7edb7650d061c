"""An index by every host and parent domain that a link may lead to, so that a ban of a host finds subdomains too."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION shortener_host_suffixes(hosts varchar[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT array_to_string(labels[start:], '.')), '{}')
    FROM unnest(hosts) AS host, string_to_array(host, '.') AS labels, generate_series(1, cardinality(labels)) AS start
$$
"""
FILL = r"""
UPDATE shortener_link
SET target_hosts = ARRAY[rtrim(lower(substring(target FROM '^[a-z]+://(\[[^]]*\]|[^/:?#]+)')), '.')]
WHERE target_hosts = '{}' AND target ~ '^[a-z]+://[^/:?#]'
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("shortener", "0008_links_counted_for_quotas")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION shortener_host_suffixes"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        AddIndexConcurrently(
            "link",
            GinIndex(models.Func("target_hosts", function="shortener_host_suffixes"), name="link_host_suffixes"),
        ),
        RemoveIndexConcurrently("link", "link_target_hosts"),
    ]
