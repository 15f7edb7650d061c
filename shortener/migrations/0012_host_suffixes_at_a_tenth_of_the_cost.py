"""The parent domains of hosts by a loop instead of a query, and dear enough for the planner to take the index."""

from django.db import migrations

LOOP = """
CREATE OR REPLACE FUNCTION shortener_host_suffixes(hosts varchar[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
DECLARE
    name text;
    found text[] := '{}';
BEGIN
    FOREACH name IN ARRAY hosts LOOP
        LOOP
            found := found || name;
            EXIT WHEN strpos(name, '.') = 0;
            name := substr(name, strpos(name, '.') + 1);
        END LOOP;
    END LOOP;
    RETURN found;
END
$$
"""
QUERY = """
CREATE OR REPLACE FUNCTION shortener_host_suffixes(hosts varchar[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
COST 100 AS $$
    SELECT coalesce(array_agg(DISTINCT array_to_string(labels[start:], '.')), '{}')
    FROM unnest(hosts) AS host, string_to_array(host, '.') AS labels, generate_series(1, cardinality(labels)) AS start
$$
"""


class Migration(migrations.Migration):
    dependencies = [("shortener", "0011_sides_of_waiting_facets")]

    operations = [migrations.RunSQL(LOOP, QUERY)]
