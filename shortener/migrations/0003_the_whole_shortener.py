"""The whole shortener, as one batch of statements beside the state that they lead to."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.lib.ids
from portal.lib.batches import Batch, statements


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("shortener", "0002_edge_contract"),
    ]

    operations = [
        Batch(
            [statements(__file__, "forwards")],
            [statements(__file__, "backwards")],
            state_operations=[
                migrations.AddField(
                    model_name="click",
                    name="rule",
                    field=models.TextField(db_default=""),
                ),
                migrations.AddField(
                    model_name="clickday",
                    name="visitors",
                    field=models.BigIntegerField(db_default=0, default=0),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="logo",
                    field=models.BinaryField(blank=True, default=b""),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="pages",
                    field=models.JSONField(blank=True, default=dict),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="records_device",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="records_network",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="records_referrer",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="records_visitor",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="respects_opt_out",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="version",
                    field=models.PositiveIntegerField(default=1),
                ),
                migrations.AddField(
                    model_name="link",
                    name="deleted_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="link",
                    name="forward_path",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="link",
                    name="is_indexed",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="link",
                    name="is_open_without_counter",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="link",
                    name="max_visits",
                    field=models.PositiveIntegerField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="link",
                    name="password_hash",
                    field=models.CharField(blank=True, default="", max_length=200),
                ),
                migrations.AddField(
                    model_name="link",
                    name="rules",
                    field=models.JSONField(blank=True, default=list),
                ),
                migrations.AddField(
                    model_name="link",
                    name="target_hosts",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253), blank=True, default=list, size=None
                    ),
                ),
                migrations.AddField(
                    model_name="orphanday",
                    name="kind",
                    field=models.CharField(db_default="slug", default="slug", max_length=4),
                ),
                migrations.AddIndex(
                    model_name="link",
                    index=django.contrib.postgres.indexes.GinIndex(fields=["target_hosts"], name="link_target_hosts"),
                ),
                migrations.AddIndex(
                    model_name="link",
                    index=models.Index(fields=["created_by", "-id"], name="link_owner_newest"),
                ),
                migrations.AddIndex(
                    model_name="link",
                    index=models.Index(
                        condition=models.Q(("expires_at__isnull", False)), fields=["expires_at"], name="link_expiry"
                    ),
                ),
                migrations.CreateModel(
                    name="VisitorDay",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "day",
                                "link_id",
                                "visitor",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("link_id", models.BigIntegerField()),
                        ("visitor", models.BinaryField()),
                    ],
                    options={
                        "managed": False,
                    },
                ),
                migrations.CreateModel(
                    name="BlockRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="blk")),
                        ("kind", models.CharField(choices=[("host", "Host"), ("pattern", "Pattern")], max_length=7)),
                        ("value", models.CharField(max_length=500)),
                        ("reason", models.CharField(blank=True, default="", max_length=500)),
                        ("created_at", models.DateTimeField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "value"],
                        "constraints": [models.UniqueConstraint(fields=("kind", "value"), name="block_rule_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ClickMinute",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "link_id", "minute", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("link_id", models.BigIntegerField()),
                        ("minute", models.DateTimeField()),
                        ("people", models.BigIntegerField(default=0)),
                        ("bots", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["minute"], name="clickminute_minute")],
                    },
                ),
                migrations.CreateModel(
                    name="ClickMonth",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "link_id", "month", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("link_id", models.BigIntegerField()),
                        ("month", models.DateField()),
                        ("people", models.BigIntegerField(default=0)),
                        ("bots", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["month"], name="clickmonth_month")],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedVisits",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=20)),
                        ("day", models.DateField()),
                        ("people", models.BigIntegerField(default=0)),
                        ("bots", models.BigIntegerField(default=0)),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shortener.link"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("link", "source", "day"), name="imported_visits_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportJob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="imp")),
                        ("kind", models.CharField(max_length=20)),
                        ("file_name", models.CharField(blank=True, default="", max_length=200)),
                        ("body", models.BinaryField()),
                        ("mapping", models.JSONField(default=dict)),
                        ("options", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preview", "Preview"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="preview",
                                max_length=10,
                            ),
                        ),
                        ("cursor", models.PositiveIntegerField(default=0)),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("created", models.PositiveIntegerField(default=0)),
                        ("updated", models.PositiveIntegerField(default=0)),
                        ("unchanged", models.PositiveIntegerField(default=0)),
                        ("failed", models.PositiveIntegerField(default=0)),
                        ("visits", models.PositiveBigIntegerField(default=0)),
                        ("trouble", models.TextField(blank=True, default="")),
                        ("actor", models.JSONField(default=dict)),
                        ("created_at", models.DateTimeField()),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "domain",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shortener.domain"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["state", "id"], name="import_job_state")],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRowError",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("fields", models.JSONField(default=dict)),
                        ("row", models.JSONField(default=dict)),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="row_errors",
                                to="shortener.importjob",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["line"],
                        "constraints": [models.UniqueConstraint(fields=("job", "line"), name="import_error_line_once")],
                    },
                ),
                migrations.CreateModel(
                    name="OwnerMonth",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField()),
                        ("links", models.BigIntegerField(default=0)),
                        ("people", models.BigIntegerField(default=0)),
                        ("bots", models.BigIntegerField(default=0)),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "owner", "month"), name="owner_month_once", nulls_distinct=False
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quota",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="quo")),
                        ("links_per_month", models.PositiveIntegerField(blank=True, null=True)),
                        ("clicks_per_month", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("warned_month", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "team",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SavedFilter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="flt")),
                        ("name", models.CharField(max_length=80)),
                        ("query", models.JSONField(default=dict)),
                        ("created_at", models.DateTimeField()),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "name"), name="saved_filter_name_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScopeDay",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "scope",
                                "scope_id",
                                "day",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("scope", models.CharField(max_length=6)),
                        ("scope_id", models.BigIntegerField()),
                        ("day", models.DateField()),
                        ("people", models.BigIntegerField(default=0)),
                        ("bots", models.BigIntegerField(default=0)),
                        ("visitors", models.BigIntegerField(db_default=0, default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="ScopeFacet",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "scope",
                                "scope_id",
                                "day",
                                "dimension",
                                "value",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("scope", models.CharField(max_length=6)),
                        ("scope_id", models.BigIntegerField()),
                        ("day", models.DateField()),
                        ("dimension", models.CharField(max_length=12)),
                        ("value", models.CharField(max_length=255)),
                        ("people", models.BigIntegerField(default=0)),
                        ("bots", models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="ScopeHour",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "scope",
                                "scope_id",
                                "hour",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("scope", models.CharField(max_length=6)),
                        ("scope_id", models.BigIntegerField()),
                        ("hour", models.DateTimeField()),
                        ("people", models.BigIntegerField(default=0)),
                        ("bots", models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="TargetCheck",
                    fields=[
                        (
                            "link",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="check_result",
                                serialize=False,
                                to="shortener.link",
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("error", models.CharField(blank=True, default="", max_length=300)),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                        ("dead_since", models.DateTimeField(blank=True, null=True)),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["due_at"], name="target_check_due"),
                            models.Index(
                                condition=models.Q(("dead_since__isnull", False)),
                                fields=["dead_since"],
                                name="target_check_dead",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UtmTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="utm")),
                        ("name", models.CharField(max_length=80)),
                        ("source", models.CharField(blank=True, default="", max_length=200)),
                        ("medium", models.CharField(blank=True, default="", max_length=200)),
                        ("campaign", models.CharField(blank=True, default="", max_length=200)),
                        ("term", models.CharField(blank=True, default="", max_length=200)),
                        ("content", models.CharField(blank=True, default="", max_length=200)),
                        ("created_at", models.DateTimeField()),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("team", "name"), name="utm_template_name_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Webhook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="whk")),
                        ("url", models.TextField()),
                        ("secret", models.CharField(max_length=100)),
                        (
                            "events",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        ("note", models.CharField(blank=True, default="", max_length=200)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("disabled_at", models.DateTimeField(blank=True, null=True)),
                        ("disabled_reason", models.CharField(blank=True, default="", max_length=300)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookDelivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="dlv")),
                        ("event", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=120)),
                        ("payload", models.JSONField()),
                        ("created_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("last_status", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("last_error", models.CharField(blank=True, default="", max_length=300)),
                        ("last_attempt_at", models.DateTimeField(blank=True, null=True)),
                        ("delivered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="shortener.webhook",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("due_at__isnull", False)),
                                fields=["due_at"],
                                name="webhook_delivery_due",
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("webhook", "key"), name="webhook_event_once")],
                    },
                ),
                migrations.CreateModel(
                    name="WeeklyMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sent_week", models.DateField(blank=True, null=True)),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("user", "team"), name="weekly_mail_once")],
                    },
                ),
                migrations.CreateModel(
                    name="AbuseReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="rep")),
                        ("address", models.TextField()),
                        ("reason", models.CharField(max_length=30)),
                        ("text", models.TextField(blank=True, default="")),
                        ("contact", models.EmailField(blank=True, default="", max_length=254)),
                        ("reporter", models.CharField(blank=True, default="", max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("banned", "Banned"), ("dismissed", "Dismissed")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.TextField(blank=True, default="")),
                        ("created_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="shortener.link",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["state", "-id"], name="abuse_report_queue")],
                    },
                ),
                migrations.CreateModel(
                    name="Ban",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="ban")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("link", "Link"), ("host", "Host"), ("owner", "Owner")], max_length=5
                            ),
                        ),
                        ("value", models.CharField(max_length=253)),
                        ("reason", models.TextField()),
                        ("created_at", models.DateTimeField()),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["link", "host", "owner"])), name="ban_kind_is_known"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at", None)),
                                fields=("kind", "value"),
                                name="one_ban_in_force",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="link",
                    name="ban",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="shortener.ban",
                    ),
                ),
            ],
        ),
    ]
