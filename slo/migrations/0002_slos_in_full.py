"""Everything around SLOs, as one batch of statements beside the state that they lead to.

As some two hundred operations of their own the same took twelve seconds: all models are rendered anew for each.
"""

import datetime as dt
from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.lib.ids
import slo.models.objectives
import slo.models.probes
from portal.lib.batches import Batch, statements


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_pictures_in_mails"),
        ("catalog", "0001_initial"),
        ("slo", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Batch(
            [statements(__file__, "forwards")],
            [statements(__file__, "backwards")],
            state_operations=[
                migrations.CreateModel(
                    name="AdjustedHour",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("hour", models.DateTimeField()),
                        ("good", models.BigIntegerField()),
                        ("total", models.BigIntegerField()),
                        ("measured_minutes", models.SmallIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="CapacityPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="pln")),
                        ("name", models.CharField(max_length=100)),
                        ("notes", models.TextField(blank=True, max_length=4000)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("planned_on", models.DateField()),
                        ("baseline", models.JSONField(default=dict)),
                        ("author", models.CharField(max_length=160)),
                        ("created_at", models.DateTimeField()),
                        ("archived_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["-planned_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CompositePart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("weight", models.PositiveIntegerField(default=1)),
                    ],
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("rrule", models.CharField(blank=True, max_length=300)),
                        ("zone", models.CharField(default="UTC", max_length=64)),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="cor")),
                        (
                            "effect",
                            models.CharField(
                                choices=[("exclude", "Leave it out"), ("good", "Count it as good")],
                                default="exclude",
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("author", models.CharField(max_length=160)),
                        ("created_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_by", models.CharField(blank=True, max_length=160)),
                        ("applied_until", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ErrorBudgetPolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="ebp")),
                        ("definition", models.JSONField(default=dict)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "error-budget policies",
                    },
                ),
                migrations.CreateModel(
                    name="ErrorBudgetPolicyRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("revision", models.PositiveIntegerField()),
                        ("definition", models.JSONField(default=dict)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("author", models.CharField(max_length=160)),
                        ("valid_from", models.DateTimeField()),
                        ("valid_until", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-revision"],
                    },
                ),
                migrations.CreateModel(
                    name="GateEvaluation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="gev")),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=8)),
                        ("environment", models.CharField(max_length=40)),
                        ("version", models.CharField(blank=True, max_length=100)),
                        ("approver", models.CharField(blank=True, max_length=160)),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("allow", "Allow"), ("warn", "Warn"), ("deny", "Deny")], max_length=5
                            ),
                        ),
                        ("is_dry_run", models.BooleanField(default=False)),
                        ("reasons", models.JSONField(default=list)),
                        ("evidence", models.JSONField(default=dict)),
                        ("policy", models.CharField(blank=True, max_length=60)),
                        ("step", models.CharField(blank=True, max_length=10)),
                        ("actor", models.CharField(max_length=160)),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="GateOverride",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="gov")),
                        ("environment", models.CharField(default="production", max_length=40)),
                        ("version", models.CharField(blank=True, max_length=100)),
                        ("reason", models.CharField(max_length=500)),
                        ("author", models.CharField(max_length=160)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_by", models.CharField(blank=True, max_length=160)),
                        ("owes_postmortem", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="hbt")),
                        ("name", models.CharField(max_length=100)),
                        ("key_digest", models.CharField(max_length=64, unique=True)),
                        ("sealed_key", models.TextField()),
                        (
                            "schedule_kind",
                            models.CharField(
                                choices=[
                                    ("period", "Every so often"),
                                    ("cron", "Cron expression"),
                                    ("calendar", "systemd OnCalendar"),
                                ],
                                default="period",
                                max_length=8,
                            ),
                        ),
                        ("period", models.DurationField(default=dt.timedelta(days=1))),
                        ("expression", models.CharField(blank=True, max_length=200)),
                        ("zone", models.CharField(default="UTC", max_length=64)),
                        ("grace", models.DurationField(default=dt.timedelta(seconds=3600))),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("critical", "Critical: pages"),
                                    ("warning", "Warning: a ticket"),
                                    ("info", "Info"),
                                ],
                                default="critical",
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("up", "Up"),
                                    ("late", "Late"),
                                    ("down", "Down"),
                                    ("paused", "Paused"),
                                ],
                                default="new",
                                max_length=6,
                            ),
                        ),
                        ("state_since", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("expected_at", models.DateTimeField(blank=True, null=True)),
                        ("next_due_at", models.DateTimeField(blank=True, null=True)),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("open_rid", models.UUIDField(blank=True, null=True)),
                        ("last_ping_at", models.DateTimeField(blank=True, null=True)),
                        ("last_duration", models.DurationField(blank=True, null=True)),
                        ("last_exit_code", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("ping_count", models.PositiveBigIntegerField(default=0)),
                        ("minute_of_pings", models.DateTimeField(blank=True, null=True)),
                        ("pings_in_minute", models.PositiveSmallIntegerField(default=0)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HeartbeatRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rid", models.UUIDField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("duration", models.DurationField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("running", "Running"),
                                    ("ok", "Ok"),
                                    ("failed", "Failed"),
                                    ("missed", "Missed"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("exit_code", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("is_counted", models.BooleanField(default=True)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("sample", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="InstanceVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("environment", models.CharField(default="production", max_length=40)),
                        ("instance", models.CharField(max_length=200)),
                        ("version", models.CharField(max_length=100)),
                        ("since", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["instance"],
                    },
                ),
                migrations.CreateModel(
                    name="KnownEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="evt")),
                        ("name", models.CharField(max_length=100)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("multiplier", models.DecimalField(decimal_places=3, max_digits=7)),
                        ("is_yearly", models.BooleanField(default=False)),
                        ("author", models.CharField(max_length=160)),
                        ("created_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["starts_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LoadTest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="ldt")),
                        ("tested_on", models.DateField()),
                        ("per_instance", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("target", models.CharField(max_length=200)),
                        ("url", models.URLField(blank=True, max_length=500)),
                        ("notes", models.TextField(blank=True, max_length=2000)),
                        ("author", models.CharField(max_length=160)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-tested_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Location",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, unique=True)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        ("lag_p99", models.DurationField(blank=True, null=True)),
                        ("lag_max", models.DurationField(blank=True, null=True)),
                        ("lag_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="MaintenanceWindow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("rrule", models.CharField(blank=True, max_length=300)),
                        ("zone", models.CharField(default="UTC", max_length=64)),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="mnt")),
                        ("name", models.CharField(max_length=120)),
                        ("pauses_probes", models.BooleanField(default=False)),
                        ("author", models.CharField(max_length=160)),
                        ("created_at", models.DateTimeField()),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("applied_until", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-starts_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="OpenSloDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=63)),
                        ("document", models.JSONField()),
                        ("referred", models.JSONField(default=list)),
                        ("imported_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="PingDoor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seen_open_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="PlanBudget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "quarter",
                            models.PositiveSmallIntegerField(choices=[(1, "Q1"), (2, "Q2"), (3, "Q3"), (4, "Q4")]),
                        ),
                        ("amount", models.DecimalField(decimal_places=6, max_digits=24)),
                    ],
                    options={
                        "ordering": ["year", "quarter"],
                    },
                ),
                migrations.CreateModel(
                    name="PlanStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="stp")),
                        ("what", models.CharField(max_length=200)),
                        ("due_on", models.DateField()),
                        ("cost", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("adds", models.DecimalField(decimal_places=6, default=0, max_digits=24)),
                        ("ticket_url", models.URLField(blank=True, max_length=500)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("ordered", "Ordered"),
                                    ("done", "Done"),
                                    ("dropped", "Dropped"),
                                ],
                                default="planned",
                                max_length=8,
                            ),
                        ),
                        ("actual_cost", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["due_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ProbeLocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("location", models.CharField(max_length=40)),
                        ("host", models.CharField(blank=True, max_length=255)),
                        ("next_run_at", models.DateTimeField(blank=True, null=True)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("missed_count", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[("pending", "Pending"), ("up", "Up"), ("down", "Down")],
                                default="pending",
                                max_length=10,
                            ),
                        ),
                        ("state_since", models.DateTimeField(blank=True, null=True)),
                        ("streak", models.PositiveIntegerField(default=0)),
                        ("last_ok", models.BooleanField(null=True)),
                        ("last_run_at", models.DateTimeField(blank=True, null=True)),
                        ("last_latency", models.DurationField(blank=True, null=True)),
                        ("last_phase", models.CharField(blank=True, max_length=12)),
                        ("last_reason", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ["location"],
                    },
                ),
                migrations.CreateModel(
                    name="PrometheusFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("next_read_at", models.DateTimeField()),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("minutes_from", models.DateTimeField()),
                        ("backfill_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="PrometheusServer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="prm")),
                        ("name", models.CharField(max_length=100)),
                        ("url", models.CharField(max_length=500)),
                        (
                            "auth",
                            models.CharField(
                                choices=[
                                    ("none", "No sign-in"),
                                    ("basic", "User and password"),
                                    ("bearer", "Bearer token"),
                                    ("header", "A header of its own"),
                                ],
                                default="none",
                                max_length=6,
                            ),
                        ),
                        ("username", models.CharField(blank=True, max_length=200)),
                        ("credentials", models.TextField(blank=True)),
                        ("verify_tls", models.BooleanField(default=True)),
                        ("timeout", models.DurationField(default=dt.timedelta(seconds=10))),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PushedMinute",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "sli_id",
                                "minute",
                                "source",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("minute", models.DateTimeField()),
                        ("source", models.CharField(max_length=80)),
                        ("good", models.BigIntegerField()),
                        ("total", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "pushed minute",
                    },
                ),
                migrations.CreateModel(
                    name="ReleaseStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("name", models.CharField(max_length=100)),
                        ("rollout_ratio", models.DecimalField(decimal_places=4, max_digits=5)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("running", "Running"),
                                    ("succeeded", "Succeeded"),
                                    ("failed", "Failed"),
                                    ("rolled_back", "Rolled back"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("author", models.CharField(max_length=160)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ReleaseWindow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="rlw")),
                        ("definition", models.JSONField(default=dict)),
                    ],
                ),
                migrations.CreateModel(
                    name="Resource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="res")),
                        ("name", models.CharField(max_length=100)),
                        ("description", models.TextField(blank=True, max_length=2000)),
                        ("unit", models.CharField(max_length=30)),
                        ("limit", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("lead_time_days", models.PositiveSmallIntegerField(default=14)),
                        ("unit_cost", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                        ("currency", models.CharField(blank=True, max_length=3)),
                        (
                            "aggregation",
                            models.CharField(
                                choices=[("max", "Daily maximum"), ("p95", "Daily 95th percentile")],
                                default="max",
                                max_length=3,
                            ),
                        ),
                        ("fit_days", models.PositiveSmallIntegerField(default=90)),
                        (
                            "warn_on",
                            models.CharField(
                                choices=[("earliest", "the earliest date"), ("likely", "the likely date")],
                                default="earliest",
                                max_length=8,
                            ),
                        ),
                        (
                            "headroom_ratio",
                            models.DecimalField(decimal_places=4, default=Decimal("0.25"), max_digits=5),
                        ),
                        ("instances", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("push", "Pushed or uploaded"),
                                    ("prometheus", "Prometheus query"),
                                    ("probe", "Probe"),
                                ],
                                default="push",
                                max_length=10,
                            ),
                        ),
                        ("settings", models.JSONField(blank=True, default=dict)),
                        ("read_until", models.DateField(blank=True, null=True)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        ("state", models.CharField(default="insufficient_data", max_length=20)),
                        ("current", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                        ("crosses_earliest_on", models.DateField(blank=True, null=True)),
                        ("crosses_likely_on", models.DateField(blank=True, null=True)),
                        ("crosses_latest_on", models.DateField(blank=True, null=True)),
                        ("is_warning", models.BooleanField(default=False)),
                        ("forecast_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        ("archived_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ResourceDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("maximum", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("p95", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("n", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["day"],
                    },
                ),
                migrations.CreateModel(
                    name="ResourceSample",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("value", models.DecimalField(decimal_places=6, max_digits=24)),
                    ],
                ),
                migrations.CreateModel(
                    name="SavedQuery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="qry")),
                        ("name", models.CharField(max_length=100)),
                        ("asked", models.JSONField(default=dict)),
                        ("author", models.CharField(max_length=160)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name_plural": "saved queries",
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Sla",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("objective", models.DecimalField(decimal_places=6, max_digits=7)),
                        (
                            "calendar_unit",
                            models.CharField(
                                choices=[
                                    ("week", "Week"),
                                    ("month", "Month"),
                                    ("quarter", "Quarter"),
                                    ("year", "Year"),
                                ],
                                default="month",
                                max_length=7,
                            ),
                        ),
                        ("zone", models.CharField(default="UTC", max_length=64)),
                        ("credits", models.JSONField(default=list)),
                        ("customers", models.CharField(blank=True, max_length=200)),
                        ("contract_url", models.URLField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                ),
                migrations.CreateModel(
                    name="StreamPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("weight", models.PositiveIntegerField(default=1)),
                    ],
                ),
                migrations.CreateModel(
                    name="TierRules",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tier",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "1 - users stop working when it is down"),
                                    (2, "2 - users notice when it is down"),
                                    (3, "3 - colleagues notice when it is down"),
                                    (4, "4 - nobody waits for it"),
                                ],
                                unique=True,
                            ),
                        ),
                        (
                            "rules",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        ("minimum_events", models.PositiveIntegerField(default=10)),
                        ("coverage_floor", models.DecimalField(decimal_places=3, default=Decimal("0.5"), max_digits=4)),
                    ],
                    options={
                        "verbose_name_plural": "tier rules",
                        "ordering": ["tier"],
                    },
                ),
                migrations.CreateModel(
                    name="VersionShare",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("environment", models.CharField(default="production", max_length=40)),
                        ("at", models.DateTimeField()),
                        ("counts", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="VersionSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("query", models.CharField(max_length=1000)),
                        ("settings", models.JSONField(default=dict)),
                        ("credentials", models.TextField(blank=True)),
                        ("version_label", models.CharField(default="version", max_length=100)),
                        ("instance_label", models.CharField(default="instance", max_length=100)),
                        ("next_read_at", models.DateTimeField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField()),
                    ],
                ),
                migrations.RemoveConstraint(
                    model_name="probe",
                    name="probe_paused_is_not_due",
                ),
                migrations.RemoveConstraint(
                    model_name="sli",
                    name="sli_is_probe_or_source",
                ),
                migrations.RemoveConstraint(
                    model_name="slo",
                    name="slo_window_30_days",
                ),
                migrations.RemoveIndex(
                    model_name="probe",
                    name="probe_due",
                ),
                migrations.RemoveIndex(
                    model_name="slostatus",
                    name="slo_status_due",
                ),
                migrations.RemoveField(
                    model_name="probe",
                    name="lease_until",
                ),
                migrations.RemoveField(
                    model_name="probe",
                    name="missed_count",
                ),
                migrations.RemoveField(
                    model_name="probe",
                    name="next_run_at",
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
                migrations.AddField(
                    model_name="probe",
                    name="credentials",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="probe",
                    name="down_locations",
                    field=models.PositiveSmallIntegerField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="probe",
                    name="ip_family",
                    field=models.CharField(
                        choices=[("any", "IPv4 or IPv6"), ("4", "IPv4 only"), ("6", "IPv6 only")],
                        default="any",
                        max_length=3,
                    ),
                ),
                migrations.AddField(
                    model_name="probe",
                    name="locations",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=slo.models.probes.default_locations,
                        size=None,
                    ),
                ),
                migrations.AddField(
                    model_name="probe",
                    name="options",
                    field=models.JSONField(blank=True, default=dict),
                ),
                migrations.AddField(
                    model_name="probe",
                    name="retries",
                    field=models.PositiveSmallIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="proberesult",
                    name="location",
                    field=models.CharField(default="main", max_length=40),
                ),
                migrations.AddField(
                    model_name="proberesult",
                    name="sample",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="proberesult",
                    name="timings",
                    field=models.JSONField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="release",
                    name="changelog",
                    field=models.TextField(blank=True, max_length=20000),
                ),
                migrations.AddField(
                    model_name="release",
                    name="changes",
                    field=models.JSONField(blank=True, default=list),
                ),
                migrations.AddField(
                    model_name="release",
                    name="commit",
                    field=models.CharField(blank=True, max_length=64),
                ),
                migrations.AddField(
                    model_name="release",
                    name="committed_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="release",
                    name="diff_url",
                    field=models.URLField(blank=True, max_length=500),
                ),
                migrations.AddField(
                    model_name="release",
                    name="environment",
                    field=models.CharField(default="production", max_length=40),
                ),
                migrations.AddField(
                    model_name="release",
                    name="external_id",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="release",
                    name="finished_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="release",
                    name="is_unplanned",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="release",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("normal", "Normal"),
                            ("hotfix", "Hotfix"),
                            ("security", "Security fix"),
                            ("rollback", "Rollback"),
                            ("change", "Change without a release"),
                        ],
                        default="normal",
                        max_length=8,
                    ),
                ),
                migrations.AddField(
                    model_name="release",
                    name="outside_window",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="release",
                    name="owes_postmortem",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="release",
                    name="rollback_of",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rollbacks",
                        to="slo.release",
                    ),
                ),
                migrations.AddField(
                    model_name="release",
                    name="strategy",
                    field=models.CharField(
                        choices=[
                            ("direct", "All at once"),
                            ("canary", "Canary"),
                            ("blue_green", "Blue/green"),
                            ("flag", "Feature flag"),
                        ],
                        default="direct",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="release",
                    name="validated_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="release",
                    name="validated_by",
                    field=models.CharField(blank=True, max_length=160),
                ),
                migrations.AddField(
                    model_name="sli",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("probe", "Probe"),
                            ("probe_latency", "Probe answers in time"),
                            ("source", "Source of the portal"),
                            ("prometheus", "Prometheus"),
                            ("push", "Pushed counts"),
                            ("heartbeat", "Heartbeat"),
                            ("derived", "Derived from another SLI"),
                            ("composite", "Composed of SLOs"),
                        ],
                        default="source",
                        max_length=16,
                    ),
                ),
                migrations.AddField(
                    model_name="sli",
                    name="owner",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_stream",
                        to="slo.slo",
                    ),
                ),
                migrations.AddField(
                    model_name="sli",
                    name="settings",
                    field=models.JSONField(blank=True, default=dict),
                ),
                migrations.AddField(
                    model_name="sli",
                    name="volume_since",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="sli",
                    name="volume_state",
                    field=models.CharField(
                        blank=True, choices=[("", "Usual"), ("low", "Low"), ("high", "High")], max_length=4
                    ),
                ),
                migrations.AddField(
                    model_name="sli",
                    name="watches_volume",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="calendar_unit",
                    field=models.CharField(
                        blank=True,
                        choices=[("week", "Week"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        max_length=7,
                    ),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="category",
                    field=models.CharField(
                        choices=[
                            ("availability", "Availability"),
                            ("latency", "Latency"),
                            ("freshness", "Freshness"),
                            ("throughput", "Throughput"),
                        ],
                        default="availability",
                        max_length=12,
                    ),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="excludes_maintenance",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="method",
                    field=models.CharField(
                        choices=[
                            ("occurrences", "Occurrences"),
                            ("timeslices", "Time slices"),
                            ("ratio_timeslices", "Ratio of time slices"),
                        ],
                        default="occurrences",
                        max_length=16,
                    ),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="primary",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="siblings",
                        to="slo.slo",
                    ),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="review_days",
                    field=models.PositiveSmallIntegerField(default=90),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="review_due_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="review_told_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="reviewed_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="schedule",
                    field=models.JSONField(blank=True, default=list),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="slice_target",
                    field=models.DecimalField(blank=True, decimal_places=6, max_digits=7, null=True),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="stream",
                    field=models.ForeignKey(
                        default=1, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slo.sli"
                    ),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="slo",
                    name="threshold",
                    field=models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="window_kind",
                    field=models.CharField(
                        choices=[("rolling", "Rolling"), ("calendar", "Calendar")], default="rolling", max_length=8
                    ),
                ),
                migrations.AddField(
                    model_name="slo",
                    name="zone",
                    field=models.CharField(default="UTC", max_length=64),
                ),
                migrations.AddField(
                    model_name="slorevision",
                    name="promise",
                    field=models.JSONField(default=dict),
                ),
                migrations.AddField(
                    model_name="slostatus",
                    name="burns",
                    field=models.JSONField(default=dict),
                ),
                migrations.AddField(
                    model_name="slostatus",
                    name="exhausts_6h_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="slostatus",
                    name="window_start",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AlterField(
                    model_name="proberesult",
                    name="pk",
                    field=models.CompositePrimaryKey(
                        "probe_id", "slot_at", "location", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                migrations.AlterField(
                    model_name="slo",
                    name="rules",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=slo.models.objectives.all_rules,
                        size=None,
                    ),
                ),
                migrations.AlterField(
                    model_name="slorevision",
                    name="rules",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                migrations.AlterField(
                    model_name="slostatus",
                    name="firing",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                migrations.AddIndex(
                    model_name="slo",
                    index=models.Index(
                        condition=models.Q(("review_due_at__isnull", False)),
                        fields=["review_due_at"],
                        name="slo_review_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="probe",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("locations__len__gte", 1), ("locations__len__lte", 20)),
                        name="probe_locations_1_to_20",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="probe",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("retries__lte", 3)), name="probe_retries_at_most_3"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["normal", "hotfix", "security", "rollback", "change"])),
                        name="release_kind_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("rollback_of", None), ("kind", "rollback"), _connector="OR"),
                        name="release_rollback_is_of_its_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("validated_at", None), ("validated_by", "")),
                            models.Q(("validated_at__isnull", False), models.Q(("validated_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="release_validated_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("service", "environment", "external_id"),
                        name="release_external_id_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sli",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "probe"), ("probe__isnull", False)),
                            models.Q(models.Q(("kind", "probe"), _negated=True), ("probe", None)),
                            _connector="OR",
                        ),
                        name="sli_of_a_probe_has_it",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sli",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "source"), ("source__gt", "")),
                            models.Q(models.Q(("kind", "source"), _negated=True), ("source", "")),
                            _connector="OR",
                        ),
                        name="sli_of_a_source_names_it",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slo",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("window_days__gte", 1), ("window_days__lte", 366)),
                        name="slo_window_1_to_366_days",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slo",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("calendar_unit", ""), ("window_kind", "rolling")),
                            models.Q(("window_kind", "calendar"), models.Q(("calendar_unit", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="slo_calendar_window_has_a_unit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slo",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "timeslices"), ("slice_target__isnull", False)),
                            models.Q(models.Q(("method", "timeslices"), _negated=True), ("slice_target", None)),
                            _connector="OR",
                        ),
                        name="slo_slice_target_with_timeslices",
                    ),
                ),
                migrations.AddField(
                    model_name="adjustedhour",
                    name="sli",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="adjusted_hours", to="slo.sli"
                    ),
                ),
                migrations.AddField(
                    model_name="compositepart",
                    name="composite",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="slo.slo"
                    ),
                ),
                migrations.AddField(
                    model_name="compositepart",
                    name="part",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="composites", to="slo.slo"
                    ),
                ),
                migrations.AddField(
                    model_name="correction",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="catalog.service"
                    ),
                ),
                migrations.AddField(
                    model_name="correction",
                    name="slo",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="slo.slo",
                    ),
                ),
                migrations.AddField(
                    model_name="adjustedhour",
                    name="correction",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="adjusted_hours", to="slo.correction"
                    ),
                ),
                migrations.AddField(
                    model_name="errorbudgetpolicy",
                    name="service",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="errorbudgetpolicy",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
                    ),
                ),
                migrations.AddField(
                    model_name="errorbudgetpolicyrevision",
                    name="policy",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="slo.errorbudgetpolicy",
                    ),
                ),
                migrations.AddField(
                    model_name="gateevaluation",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gate_evaluations",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="gateoverride",
                    name="author_user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="gateoverride",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gate_overrides", to="catalog.service"
                    ),
                ),
                migrations.AddField(
                    model_name="gateevaluation",
                    name="override",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="slo.gateoverride",
                    ),
                ),
                migrations.AddField(
                    model_name="heartbeat",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="heartbeats", to="catalog.service"
                    ),
                ),
                migrations.AddField(
                    model_name="heartbeat",
                    name="sli",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="heartbeat", to="slo.sli"
                    ),
                ),
                migrations.AddField(
                    model_name="heartbeatrun",
                    name="heartbeat",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="slo.heartbeat"
                    ),
                ),
                migrations.AddField(
                    model_name="instanceversion",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="instance_versions",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="knownevent",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="known_events", to="catalog.service"
                    ),
                ),
                migrations.AddField(
                    model_name="maintenancewindow",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="maintenance_windows",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="openslodocument",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openslo_documents",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="openslodocument",
                    name="slo",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openslo_document", to="slo.slo"
                    ),
                ),
                migrations.AddField(
                    model_name="planbudget",
                    name="plan",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="budgets", to="slo.capacityplan"
                    ),
                ),
                migrations.AddField(
                    model_name="planstep",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="planstep",
                    name="plan",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="slo.capacityplan"
                    ),
                ),
                migrations.AddField(
                    model_name="probelocation",
                    name="probe",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="at_locations",
                        to="slo.probe",
                    ),
                ),
                migrations.AddField(
                    model_name="prometheusfeed",
                    name="sli",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feed", to="slo.sli"
                    ),
                ),
                migrations.AddField(
                    model_name="prometheusserver",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prometheus_servers",
                        to="accounts.team",
                    ),
                ),
                migrations.AddField(
                    model_name="prometheusfeed",
                    name="server",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to="slo.prometheusserver"
                    ),
                ),
                migrations.AddField(
                    model_name="pushedminute",
                    name="sli",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="slo.sli",
                    ),
                ),
                migrations.AddField(
                    model_name="releasestage",
                    name="release",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stages", to="slo.release"
                    ),
                ),
                migrations.AddField(
                    model_name="releasewindow",
                    name="service",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="releasewindow",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
                    ),
                ),
                migrations.AddField(
                    model_name="resource",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="resources", to="catalog.service"
                    ),
                ),
                migrations.AddField(
                    model_name="loadtest",
                    name="resource",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="load_tests", to="slo.resource"
                    ),
                ),
                migrations.AddField(
                    model_name="knownevent",
                    name="resource",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="slo.resource",
                    ),
                ),
                migrations.AddField(
                    model_name="capacityplan",
                    name="resource",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="slo.resource"
                    ),
                ),
                migrations.AddField(
                    model_name="resourceday",
                    name="resource",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days", to="slo.resource"
                    ),
                ),
                migrations.AddField(
                    model_name="resourcesample",
                    name="resource",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="samples", to="slo.resource"
                    ),
                ),
                migrations.AddField(
                    model_name="savedquery",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saved_queries", to="accounts.team"
                    ),
                ),
                migrations.AddField(
                    model_name="sla",
                    name="slo",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sla", to="slo.slo"
                    ),
                ),
                migrations.AddField(
                    model_name="streampart",
                    name="parent",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="slo.sli"
                    ),
                ),
                migrations.AddField(
                    model_name="streampart",
                    name="stream",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parents", to="slo.sli"
                    ),
                ),
                migrations.AddField(
                    model_name="versionshare",
                    name="service",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="version_shares", to="catalog.service"
                    ),
                ),
                migrations.AddField(
                    model_name="versionsource",
                    name="service",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="version_source", to="catalog.service"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="compositepart",
                    constraint=models.UniqueConstraint(fields=("composite", "part"), name="composite_part_once"),
                ),
                migrations.AddConstraint(
                    model_name="compositepart",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 1000)), name="composite_weight_1_to_1000"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="compositepart",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("composite", models.F("part")), _negated=True),
                        name="composite_not_of_itself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="correction_starts_before_it_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="adjustedhour",
                    constraint=models.UniqueConstraint(fields=("sli", "hour", "correction"), name="adjusted_hour_once"),
                ),
                migrations.AddConstraint(
                    model_name="errorbudgetpolicy",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("service", None)), fields=("team",), name="policy_once_per_team"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="errorbudgetpolicy",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("service__isnull", False)),
                        fields=("service",),
                        name="policy_once_per_service",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="errorbudgetpolicyrevision",
                    constraint=models.UniqueConstraint(fields=("policy", "revision"), name="policy_revision_once"),
                ),
                migrations.AddIndex(
                    model_name="gateoverride",
                    index=models.Index(fields=["created_at"], name="gate_override_made"),
                ),
                migrations.AddConstraint(
                    model_name="gateoverride",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="gate_override_has_a_reason"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gateoverride",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("created_at__lt", models.F("expires_at"))), name="gate_override_ends_later"
                    ),
                ),
                migrations.AddIndex(
                    model_name="gateevaluation",
                    index=models.Index(fields=["service", "-at"], name="gate_evaluation_of_service"),
                ),
                migrations.AddConstraint(
                    model_name="gateevaluation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["allow", "warn", "deny"])), name="gate_verdict_is_known"
                    ),
                ),
                migrations.AddIndex(
                    model_name="heartbeat",
                    index=models.Index(
                        condition=models.Q(("next_due_at__isnull", False)), fields=["next_due_at"], name="heartbeat_due"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="heartbeat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("period__gte", dt.timedelta(seconds=60)),
                            ("period__lte", dt.timedelta(days=366)),
                        ),
                        name="heartbeat_period_1_min_to_366_d",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="heartbeat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("grace__gte", dt.timedelta(seconds=30)), ("grace__lte", dt.timedelta(days=31))
                        ),
                        name="heartbeat_grace_30_s_to_31_d",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="heartbeat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("schedule_kind", "period"), ("expression__gt", ""), _connector="OR"),
                        name="heartbeat_schedule_has_its_words",
                    ),
                ),
                migrations.AddIndex(
                    model_name="heartbeatrun",
                    index=models.Index(fields=["heartbeat", "-at", "-id"], name="heartbeat_run_latest"),
                ),
                migrations.AddIndex(
                    model_name="heartbeatrun",
                    index=models.Index(
                        condition=models.Q(("is_counted", False)), fields=["id"], name="heartbeat_run_uncounted"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="heartbeatrun",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=("heartbeat", "due_at"),
                        name="heartbeat_run_due_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="heartbeatrun",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("rid__isnull", False)),
                        fields=("heartbeat", "rid"),
                        name="heartbeat_run_rid_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="instanceversion",
                    constraint=models.UniqueConstraint(
                        fields=("service", "environment", "instance"), name="instance_runs_one_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="maintenancewindow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="maintenance_starts_before_it_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="openslodocument",
                    constraint=models.UniqueConstraint(
                        fields=("service", "name"), name="openslo_document_once_per_service"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planbudget",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "year", "quarter"), name="plan_budget_once_a_quarter"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planbudget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)), name="plan_budget_quarter_1_to_4"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planbudget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="plan_budget_not_negative"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("adds__gte", 0), ("cost__gte", 0)), name="plan_step_not_negative"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("status", "done")),
                            models.Q(models.Q(("status", "done"), _negated=True), ("done_on", None)),
                            _connector="OR",
                        ),
                        name="plan_step_done_has_a_day",
                    ),
                ),
                migrations.AddIndex(
                    model_name="probelocation",
                    index=models.Index(
                        condition=models.Q(("next_run_at__isnull", False)),
                        fields=["location", "next_run_at"],
                        name="probe_location_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="probelocation",
                    constraint=models.UniqueConstraint(fields=("probe", "location"), name="probe_location_once"),
                ),
                migrations.AddConstraint(
                    model_name="prometheusserver",
                    constraint=models.UniqueConstraint(
                        fields=("team", "name"), name="prometheus_server_name_once_per_team"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="prometheusserver",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("timeout__gt", dt.timedelta(0)), ("timeout__lte", dt.timedelta(seconds=60))
                        ),
                        name="prometheus_server_timeout_to_60_s",
                    ),
                ),
                migrations.AddIndex(
                    model_name="prometheusfeed",
                    index=models.Index(fields=["next_read_at"], name="prometheus_feed_due"),
                ),
                migrations.AddConstraint(
                    model_name="releasestage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("rollout_ratio__gte", 0), ("rollout_ratio__lte", 1)),
                        name="release_stage_is_ratio",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="releasewindow",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("service", None)), fields=("team",), name="window_once_per_team"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="releasewindow",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("service__isnull", False)),
                        fields=("service",),
                        name="window_once_per_service",
                    ),
                ),
                migrations.AddIndex(
                    model_name="resource",
                    index=models.Index(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=["forecast_on"],
                        name="resource_forecast_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resource",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("limit__gt", 0)), name="resource_limit_above_0"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resource",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("fit_days__gte", 14), ("fit_days__lte", 730)), name="resource_fit_14_to_730"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resource",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("lead_time_days__lte", 1095)), name="resource_lead_within_3_years"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resource",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("headroom_ratio__gte", 0), ("headroom_ratio__lte", 5)),
                        name="resource_headroom_0_to_5",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resource",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("archived_at", None)),
                        fields=("service", "name"),
                        name="resource_name_once_per_service",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="loadtest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("per_instance__gt", 0)), name="load_test_capacity_above_0"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="knownevent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                        name="known_event_starts_before_it_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="knownevent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("multiplier__gt", 0)), name="known_event_multiplier_above_0"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resourceday",
                    constraint=models.UniqueConstraint(fields=("resource", "day"), name="resource_day_once"),
                ),
                migrations.AddIndex(
                    model_name="resourcesample",
                    index=models.Index(fields=["at"], name="resource_sample_age"),
                ),
                migrations.AddConstraint(
                    model_name="resourcesample",
                    constraint=models.UniqueConstraint(fields=("resource", "at"), name="resource_sample_once"),
                ),
                migrations.AddConstraint(
                    model_name="savedquery",
                    constraint=models.UniqueConstraint(fields=("team", "name"), name="saved_query_name_once_per_team"),
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
                migrations.AddIndex(
                    model_name="versionshare",
                    index=models.Index(fields=["service", "environment", "at"], name="version_share_of_service"),
                ),
                migrations.AddIndex(
                    model_name="versionsource",
                    index=models.Index(fields=["next_read_at"], name="version_source_due"),
                ),
            ],
        ),
    ]
