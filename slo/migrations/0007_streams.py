import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("slo", "0006_probe_locations")]

    operations = [
        migrations.CreateModel(
            name="AdjustedHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hour", models.DateTimeField()),
                ("good", models.BigIntegerField()),
                ("total", models.BigIntegerField()),
                ("measured_minutes", models.SmallIntegerField()),
                (
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adjusted_hours",
                        to="slo.correction",
                    ),
                ),
                (
                    "sli",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="adjusted_hours", to="slo.sli"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StreamPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight", models.PositiveIntegerField(default=1)),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="slo.sli"
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parents", to="slo.sli"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="adjustedhour",
            constraint=models.UniqueConstraint(fields=("sli", "hour", "correction"), name="adjusted_hour_once"),
        ),
        migrations.AddConstraint(
            model_name="streampart",
            constraint=models.UniqueConstraint(fields=("stream", "parent"), name="stream_part_once"),
        ),
        migrations.AddConstraint(
            model_name="streampart",
            constraint=models.CheckConstraint(
                condition=models.Q(("stream", models.F("parent")), _negated=True), name="stream_not_of_itself"
            ),
        ),
    ]
