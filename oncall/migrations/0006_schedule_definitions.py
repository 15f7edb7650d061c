"""A version says all in its definition: weekly turns with a handoff become two layers with the same answers."""

from datetime import datetime, time
from typing import Any

from django.db import migrations, models

WEEKDAYS = [
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
]


def definition_of(zone: str, first_handoff: datetime, members: list[int]) -> dict[str, Any]:
    """Primary and, one turn ahead of it, secondary, as the columns meant them."""
    rotation = {"kind": "weekly", "interval": 1, "starts_at": f"{first_handoff:%Y-%m-%dT%H:%M:%S}", "time_zone": zone}
    groups = [[str(member)] for member in members]
    layers = [
        {"name": "rotation", "role": role, "offset": offset, "rotation": rotation, "participants": groups}
        for offset, role in enumerate(("primary", "secondary"))
    ]
    return {"time_zone": zone, "layers": layers}


def write_definitions(apps: Any, schema_editor: Any) -> None:
    for version in apps.get_model("oncall", "ScheduleVersion").objects.prefetch_related("members"):
        if not version.definition:
            first = datetime.combine(version.first_handoff_on, version.handoff_time)
            ordered = sorted(version.members.all(), key=lambda member: member.position)
            version.definition = definition_of(version.zone, first, [member.user_id for member in ordered])
            version.save(update_fields=["definition"])


def write_columns(apps: Any, schema_editor: Any) -> None:
    """The handoff of the first layer; other definitions lose what the columns cannot say."""
    for version in apps.get_model("oncall", "ScheduleVersion").objects.all():
        layers = version.definition.get("layers") or [{}]
        text = layers[0].get("rotation", {}).get("starts_at", "2026-01-05T09:00:00")
        first = datetime.fromisoformat(text)
        version.handoff_weekday, version.first_handoff_on = first.weekday(), first.date()
        version.handoff_time = time(first.hour, first.minute, first.second)
        version.save(update_fields=["handoff_weekday", "first_handoff_on", "handoff_time"])


class Migration(migrations.Migration):
    dependencies = [("oncall", "0005_alerts_by_key")]

    operations = [
        migrations.RemoveConstraint(model_name="scheduleversion", name="schedule_version_weekday"),
        migrations.AlterField(
            "scheduleversion",
            "handoff_weekday",
            models.PositiveSmallIntegerField(choices=WEEKDAYS, null=True),
        ),
        migrations.AlterField("scheduleversion", "handoff_time", models.TimeField(null=True)),
        migrations.AlterField("scheduleversion", "first_handoff_on", models.DateField(null=True)),
        migrations.RunPython(write_definitions, write_columns),
        migrations.RemoveField(model_name="scheduleversion", name="handoff_weekday"),
        migrations.RemoveField(model_name="scheduleversion", name="handoff_time"),
        migrations.RemoveField(model_name="scheduleversion", name="first_handoff_on"),
    ]
