"""Counts are found by their time in a btree: each BRIN becomes one, which takes a while where years of hours stand."""

from django.db import migrations, models

INDEXES = {
    "daycount": models.Index(fields=["day"], name="day_count_day"),
    "hourcount": models.Index(fields=["hour"], name="hour_count_hour"),
    "minutecount": models.Index(fields=["minute"], name="minute_count_minute"),
}


class Migration(migrations.Migration):
    dependencies = [("slo", "0002_slos_in_full")]

    operations = [
        step
        for name, index in INDEXES.items()
        for step in (migrations.RemoveIndex(name, index.name), migrations.AddIndex(name, index))
    ]
