"""A default domain for each team, and the hosts of links that were made before hosts were kept."""

from django.db import migrations, models
from django.db.models import Q

HOSTS = r"""
UPDATE shortener_link SET target_hosts = ARRAY(
    SELECT DISTINCT left(rtrim(host, '.'), 253) FROM unnest(ARRAY[
        substring(target from '^https?://(\[[^\]]*\]|[^/:?#]*)'),
        substring(expired_target from '^https?://(\[[^\]]*\]|[^/:?#]*)')
    ]) AS host WHERE host <> '' ORDER BY 1
)::varchar(253)[] WHERE target_hosts = '{}';
"""


class Migration(migrations.Migration):
    dependencies = [("shortener", "0009_finding_links_by_host")]

    operations = [
        migrations.AddField(
            model_name="domain",
            name="is_team_default",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="domain",
            constraint=models.UniqueConstraint(
                fields=["team"], condition=Q(is_team_default=True), name="one_default_domain_per_team"
            ),
        ),
        migrations.RunSQL(HOSTS, migrations.RunSQL.noop),
    ]
