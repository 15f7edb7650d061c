"""Each try to deliver an event, how far sweeps over links have come, and exceptions from blocklists."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shortener", "0004_the_whole_edge_contract")]

    operations = [
        migrations.CreateModel(
            name="SweepCursor",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("position", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="WebhookAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("latency_ms", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=300)),
                ("answer", models.CharField(blank=True, default="", max_length=500)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tries",
                        to="shortener.webhookdelivery",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "number"), name="webhook_attempt_once"),
                ],
            },
        ),
        migrations.AlterField(
            model_name="blockrule",
            name="kind",
            field=models.CharField(
                choices=[("host", "Host"), ("pattern", "Pattern"), ("allow", "Allow")], max_length=7
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(condition=models.Q(("max_visits__isnull", False)), fields=["team"], name="link_limited"),
        ),
    ]
