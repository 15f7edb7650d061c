"""Status rows change every minute: room in each page and no index on what changes keep the updates in place."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("slo", "0009_looking"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="slostatus",
            name="slo_status_due",
        ),
        migrations.RemoveField(
            model_name="slostatus",
            name="burn_30m",
        ),
        migrations.RemoveField(
            model_name="slostatus",
            name="burn_3d",
        ),
        migrations.RemoveField(
            model_name="slostatus",
            name="burn_5m",
        ),
        migrations.RunSQL(
            "ALTER TABLE slo_slostatus SET (fillfactor = 50)", "ALTER TABLE slo_slostatus RESET (fillfactor)"
        ),
    ]
