"""Paging in full, as one batch of statements beside the state that they lead to."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import oncall.models.escalations
import portal.lib.ids
from portal.lib.batches import Batch, statements


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_pictures_in_mails"),
        ("catalog", "0001_initial"),
        ("oncall", "0003_alerts_by_resolution"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Batch(
            [statements(__file__, "forwards")],
            [statements(__file__, "backwards")],
            state_operations=[
                migrations.CreateModel(
                    name="AlertReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="arv")),
                        ("week", models.DateField()),
                        ("alert_class", models.CharField(max_length=255)),
                        ("title", models.CharField(max_length=200)),
                        ("is_actionable", models.BooleanField(blank=True, null=True)),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("keep", "Keep"),
                                    ("change", "Change"),
                                    ("delete", "Delete"),
                                    ("missing", "An alert was missing"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-week", "title"],
                    },
                ),
                migrations.CreateModel(
                    name="AlertRoute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="rte")),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=80)),
                        ("matchers", models.JSONField(default=list)),
                        ("severity", models.CharField(blank=True, max_length=10)),
                        ("group_by", models.JSONField(blank=True, default=list)),
                        ("repages", models.BooleanField(default=False)),
                        ("last_matched_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="cal")),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("token_prefix", models.CharField(max_length=8)),
                        ("created_at", models.DateTimeField()),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="ics")),
                        ("name", models.CharField(max_length=80)),
                        ("url", models.TextField()),
                        (
                            "role",
                            models.CharField(
                                choices=[("primary", "Primary"), ("secondary", "Secondary"), ("shadow", "Shadow")],
                                max_length=20,
                            ),
                        ),
                        ("level", models.PositiveSmallIntegerField(default=0)),
                        ("people", models.JSONField(blank=True, default=dict)),
                        ("shifts", models.JSONField(blank=True, default=list)),
                        ("unknown", models.JSONField(blank=True, default=list)),
                        ("etag", models.CharField(blank=True, max_length=200)),
                        ("fetch_due_at", models.DateTimeField()),
                        ("fetched_at", models.DateTimeField(blank=True, null=True)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                    ],
                ),
                migrations.CreateModel(
                    name="ChatIdentity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("provider", models.CharField(max_length=20)),
                        ("workspace", models.CharField(blank=True, max_length=80)),
                        ("external_id", models.CharField(max_length=120)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="ChatLinkCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("provider", models.CharField(max_length=20)),
                        ("workspace", models.CharField(blank=True, max_length=80)),
                        ("external_id", models.CharField(max_length=120)),
                        ("code_hash", models.CharField(max_length=64, unique=True)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="CompensationRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="cmp")),
                        ("name", models.CharField(max_length=80)),
                        ("terms", models.JSONField()),
                        ("effective_from", models.DateField()),
                        ("effective_until", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-effective_from", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="ContactPoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="cpt")),
                        ("name", models.CharField(max_length=80)),
                        ("kind", models.CharField(max_length=20)),
                        ("address", models.CharField(max_length=500)),
                        ("secret", models.TextField(blank=True)),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                        ("last_sent_at", models.DateTimeField(blank=True, null=True)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        ("disabled_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("word", models.CharField(max_length=40)),
                        ("detail", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DutyNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=255, unique=True)),
                        ("subject", models.CharField(max_length=200)),
                        ("body", models.TextField()),
                        ("due_at", models.DateTimeField()),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("given_up_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="HandoffNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.CreateModel(
                    name="IncomingEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("signals", models.JSONField()),
                        ("sample", models.TextField(blank=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[("pending", "Pending"), ("done", "Done"), ("failed", "Failed")],
                                default="pending",
                                max_length=8,
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("next_try_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                    ],
                ),
                migrations.CreateModel(
                    name="InhibitionRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="inh")),
                        ("name", models.CharField(max_length=80)),
                        ("source", models.JSONField(default=list)),
                        ("target", models.JSONField(default=list)),
                        ("equal", models.JSONField(default=list)),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="NotificationRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("severity", models.CharField(max_length=10)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("delay_minutes", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["severity", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="QuietHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("zone", models.CharField(max_length=64)),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        ("weekdays", models.JSONField(default=list)),
                    ],
                ),
                migrations.CreateModel(
                    name="ServicePolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Shift",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("role", models.CharField(max_length=20)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("source", models.CharField(blank=True, max_length=200)),
                    ],
                ),
                migrations.CreateModel(
                    name="Silence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="sil")),
                        ("matchers", models.JSONField(default=list)),
                        ("is_maintenance", models.BooleanField(default=False)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("rule", models.CharField(blank=True, max_length=500)),
                        ("zone", models.CharField(default="UTC", max_length=64)),
                        ("comment", models.CharField(max_length=300)),
                        ("author", models.CharField(max_length=160)),
                        ("created_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-starts_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Swap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="swp")),
                        ("role", models.CharField(blank=True, max_length=20)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("taken", "Taken"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expired", "Expired"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["starts_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TimeOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", portal.lib.ids.PublicIdField(prefix="off")),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("created_at", models.DateTimeField()),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["starts_at", "pk"],
                    },
                ),
                migrations.RemoveConstraint(
                    model_name="override",
                    name="override_no_overlap",
                ),
                migrations.AddField(
                    model_name="alert",
                    name="annotations",
                    field=models.JSONField(blank=True, default=dict),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="assigned_to",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="group_key",
                    field=models.CharField(blank=True, max_length=255),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="held_by",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("silenced", "Silenced"),
                            ("maintenance", "In maintenance"),
                            ("inhibited", "Inhibited by another alert"),
                            ("flapping", "Flapping"),
                        ],
                        max_length=12,
                    ),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="held_until",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="images",
                    field=models.JSONField(blank=True, default=list),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="inhibited_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="oncall.alert",
                    ),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="integration",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="alerts",
                        to="oncall.integration",
                    ),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="is_test",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="labels",
                    field=models.JSONField(blank=True, default=dict),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="lead",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="oncall.alert",
                    ),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="policy",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="oncall.escalationpolicy",
                    ),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="quiet_due_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="quiet_since",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="snoozed_until",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="contactmethod",
                    name="checked_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="contactmethod",
                    name="failures",
                    field=models.PositiveSmallIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="contactmethod",
                    name="last_sent_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="contactmethod",
                    name="problem",
                    field=models.CharField(blank=True, max_length=300),
                ),
                migrations.AddField(
                    model_name="contactmethod",
                    name="secret",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="escalationpolicy",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="escalationpolicy",
                    name="is_default",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="escalationpolicy",
                    name="severities",
                    field=models.JSONField(default=oncall.models.escalations.critical_only),
                ),
                migrations.AddField(
                    model_name="escalationrun",
                    name="policy",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="oncall.escalationpolicy",
                    ),
                ),
                migrations.AddField(
                    model_name="integration",
                    name="auto_resolve_minutes",
                    field=models.PositiveIntegerField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="integration",
                    name="group_by",
                    field=models.JSONField(blank=True, default=list),
                ),
                migrations.AddField(
                    model_name="integration",
                    name="group_minutes",
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="integration",
                    name="policy",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="oncall.escalationpolicy",
                    ),
                ),
                migrations.AddField(
                    model_name="integration",
                    name="previous_key_hash",
                    field=models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                migrations.AddField(
                    model_name="integration",
                    name="previous_key_until",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="integration",
                    name="rate_per_minute",
                    field=models.PositiveIntegerField(default=6000),
                ),
                migrations.AddField(
                    model_name="integration",
                    name="settings",
                    field=models.JSONField(blank=True, default=dict),
                ),
                migrations.AddField(
                    model_name="override",
                    name="replaces",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="page",
                    name="answered_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="page",
                    name="delivered_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="page",
                    name="delivery",
                    field=models.CharField(blank=True, max_length=40),
                ),
                migrations.AddField(
                    model_name="schedule",
                    name="expectations",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="schedule",
                    name="recorded_until",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="scheduleversion",
                    name="created_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="scheduleversion",
                    name="definition",
                    field=models.JSONField(default=dict),
                ),
                migrations.AddField(
                    model_name="scheduleversion",
                    name="note",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AlterField(
                    model_name="alertevent",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("fired", "Fired"),
                            ("joined", "Joined"),
                            ("escalated", "Escalated"),
                            ("skipped", "Skipped"),
                            ("paged", "Paged"),
                            ("page_failed", "Page Failed"),
                            ("acknowledged", "Acknowledged"),
                            ("resolved", "Resolved"),
                            ("exhausted", "Exhausted"),
                            ("held", "Held"),
                            ("released", "Released"),
                            ("snoozed", "Snoozed"),
                            ("woke", "Woke"),
                            ("grouped", "Grouped"),
                            ("merged", "Merged"),
                            ("quiet", "Quiet"),
                            ("reassigned", "Reassigned"),
                            ("responder", "Responder"),
                            ("note", "Note"),
                            ("delivered", "Delivered"),
                        ],
                        max_length=20,
                    ),
                ),
                migrations.AlterField(
                    model_name="escalationpolicy",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalation_policies",
                        to="accounts.team",
                    ),
                ),
                migrations.AlterField(
                    model_name="override",
                    name="role",
                    field=models.CharField(
                        choices=[("primary", "Primary"), ("secondary", "Secondary"), ("shadow", "Shadow")],
                        max_length=20,
                    ),
                ),
                migrations.AlterField(
                    model_name="page",
                    name="user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalationpolicy",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("archived_at", None), ("is_default", True)),
                        fields=("team",),
                        name="escalation_policy_one_default",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="override",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("replaces", None)),
                        expressions=[
                            ("schedule", "="),
                            ("role", "="),
                            (models.Func("starts_at", "ends_at", function="TSTZRANGE"), "&&"),
                        ],
                        name="override_no_overlap",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="override",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("replaces__isnull", False)),
                        expressions=[
                            ("schedule", "="),
                            ("role", "="),
                            ("replaces", "="),
                            (models.Func("starts_at", "ends_at", function="TSTZRANGE"), "&&"),
                        ],
                        name="override_of_one_no_overlap",
                    ),
                ),
                migrations.AddField(
                    model_name="alertreview",
                    name="decided_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.AddField(
                    model_name="alertreview",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="alertreview",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alert_reviews", to="accounts.team"
                    ),
                ),
                migrations.AddField(
                    model_name="alertroute",
                    name="integration",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routes",
                        to="oncall.integration",
                    ),
                ),
                migrations.AddField(
                    model_name="alertroute",
                    name="policy",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="oncall.escalationpolicy",
                    ),
                ),
                migrations.AddField(
                    model_name="alertroute",
                    name="service",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="alertroute",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alert_routes", to="accounts.team"
                    ),
                ),
                migrations.AddField(
                    model_name="calendarfeed",
                    name="owner",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="calendarfeed",
                    name="schedule",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to="oncall.schedule",
                    ),
                ),
                migrations.AddField(
                    model_name="calendarfeed",
                    name="team",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                migrations.AddField(
                    model_name="calendarsource",
                    name="schedule",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_sources",
                        to="oncall.schedule",
                    ),
                ),
                migrations.AddField(
                    model_name="chatidentity",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chat_identities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="compensationrule",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="compensation_rules",
                        to="accounts.team",
                    ),
                ),
                migrations.AddField(
                    model_name="contactpoint",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contact_points", to="accounts.team"
                    ),
                ),
                migrations.AddField(
                    model_name="page",
                    name="contact_point",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="oncall.contactpoint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="page",
                    index=models.Index(
                        condition=models.Q(("provider_id", ""), _negated=True),
                        fields=["provider_id"],
                        name="page_provider",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="page",
                    constraint=models.UniqueConstraint(
                        fields=("run", "loop", "step", "contact_point"), name="page_point_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="page",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact_point", None), ("user__isnull", False)),
                            models.Q(("contact_point__isnull", False), ("user", None)),
                            _connector="OR",
                        ),
                        name="page_to_a_person_or_a_point",
                    ),
                ),
                migrations.AddField(
                    model_name="deliveryreport",
                    name="page",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="oncall.page"
                    ),
                ),
                migrations.AddField(
                    model_name="dutynotice",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duty_notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="handoffnote",
                    name="author",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.AddField(
                    model_name="handoffnote",
                    name="schedule",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handoff_notes", to="oncall.schedule"
                    ),
                ),
                migrations.AddField(
                    model_name="incomingevent",
                    name="integration",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="incoming", to="oncall.integration"
                    ),
                ),
                migrations.AddField(
                    model_name="inhibitionrule",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="inhibition_rules", to="accounts.team"
                    ),
                ),
                migrations.AddField(
                    model_name="notificationrule",
                    name="contact",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rules", to="oncall.contactmethod"
                    ),
                ),
                migrations.AddField(
                    model_name="notificationrule",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notification_rules",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="quiethours",
                    name="user",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quiet_hours",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="servicepolicy",
                    name="policy",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="services",
                        to="oncall.escalationpolicy",
                    ),
                ),
                migrations.AddField(
                    model_name="servicepolicy",
                    name="service",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="escalation_link",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="shift",
                    name="schedule",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shifts", to="oncall.schedule"
                    ),
                ),
                migrations.AddField(
                    model_name="shift",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.AddField(
                    model_name="silence",
                    name="service",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="silence",
                    name="team",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="silences", to="accounts.team"
                    ),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="silence",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="caught",
                        to="oncall.silence",
                    ),
                ),
                migrations.AddIndex(
                    model_name="alert",
                    index=models.Index(
                        condition=models.Q(
                            ("status__in", ["firing", "acknowledged"]), models.Q(("group_key", ""), _negated=True)
                        ),
                        fields=["team", "group_key"],
                        name="alert_open_group",
                    ),
                ),
                migrations.AddIndex(
                    model_name="alert",
                    index=models.Index(condition=models.Q(("lead__isnull", False)), fields=["lead"], name="alert_lead"),
                ),
                migrations.AddIndex(
                    model_name="alert",
                    index=models.Index(
                        condition=models.Q(("snoozed_until__isnull", False)),
                        fields=["snoozed_until"],
                        name="alert_snoozed",
                    ),
                ),
                migrations.AddIndex(
                    model_name="alert",
                    index=models.Index(
                        condition=models.Q(("quiet_due_at__isnull", False)),
                        fields=["quiet_due_at"],
                        name="alert_quiet_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="alert",
                    index=models.Index(
                        condition=models.Q(
                            models.Q(("held_by", ""), _negated=True), ("status__in", ["firing", "acknowledged"])
                        ),
                        fields=["held_until"],
                        name="alert_held",
                    ),
                ),
                migrations.AddField(
                    model_name="swap",
                    name="offered_to",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="swap",
                    name="person",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.AddField(
                    model_name="swap",
                    name="schedule",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="swaps", to="oncall.schedule"
                    ),
                ),
                migrations.AddField(
                    model_name="swap",
                    name="taker",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="timeoff",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="times_off",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="swap",
                    name="time_off",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="swaps",
                        to="oncall.timeoff",
                    ),
                ),
                migrations.AddIndex(
                    model_name="alertreview",
                    index=models.Index(
                        condition=models.Q(("done_at", None), models.Q(("decision", "keep"), _negated=True)),
                        fields=["team", "due_on"],
                        name="alert_review_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="alertreview",
                    constraint=models.UniqueConstraint(
                        fields=("team", "week", "alert_class"), name="alert_review_once_a_week"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="calendarfeed",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("schedule", None), ("team", None), _connector="OR"),
                        name="calendar_feed_of_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="calendarsource",
                    constraint=models.UniqueConstraint(fields=("schedule", "name"), name="calendar_source_name"),
                ),
                migrations.AddConstraint(
                    model_name="chatidentity",
                    constraint=models.UniqueConstraint(
                        fields=("provider", "workspace", "external_id"), name="chat_identity_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactpoint",
                    constraint=models.UniqueConstraint(fields=("team", "name"), name="contact_point_name_per_team"),
                ),
                migrations.AddIndex(
                    model_name="dutynotice",
                    index=models.Index(
                        condition=models.Q(("given_up_at", None), ("sent_at", None)),
                        fields=["due_at"],
                        name="duty_notice_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="incomingevent",
                    index=models.Index(
                        condition=models.Q(("status", "pending")), fields=["next_try_at", "id"], name="incoming_due"
                    ),
                ),
                migrations.AddIndex(
                    model_name="incomingevent",
                    index=models.Index(fields=["integration", "-id"], name="incoming_by_integration"),
                ),
                migrations.AddIndex(
                    model_name="incomingevent",
                    index=models.Index(fields=["received_at"], name="incoming_received"),
                ),
                migrations.AddConstraint(
                    model_name="notificationrule",
                    constraint=models.UniqueConstraint(
                        fields=("user", "severity", "position"), name="notification_rule_position"
                    ),
                ),
                migrations.AddIndex(
                    model_name="shift",
                    index=models.Index(fields=["user", "starts_at"], name="shift_user_start"),
                ),
                migrations.AddConstraint(
                    model_name="shift",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="shift_span"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="shift",
                    constraint=models.UniqueConstraint(
                        fields=("schedule", "role", "user", "starts_at"), name="shift_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="silence",
                    index=models.Index(
                        condition=models.Q(("ended_at", None)), fields=["team", "ends_at"], name="silence_team_end"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="silence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="silence_span"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="timeoff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="time_off_span"
                    ),
                ),
                migrations.AddIndex(
                    model_name="swap",
                    index=models.Index(condition=models.Q(("status", "open")), fields=["starts_at"], name="swap_open"),
                ),
                migrations.AddConstraint(
                    model_name="swap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="swap_span"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="swap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "taken"), ("taker__isnull", False)),
                            models.Q(("status", "taken"), _negated=True),
                            _connector="OR",
                        ),
                        name="swap_taken_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="swap",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("status__in", ["open", "taken"])),
                        expressions=[
                            ("schedule", "="),
                            ("person", "="),
                            ("role", "="),
                            (models.Func("starts_at", "ends_at", function="TSTZRANGE"), "&&"),
                        ],
                        name="swap_no_overlap",
                    ),
                ),
            ],
        ),
    ]
