"""What an alert did before is read whenever it opens: by the key of its sender, the newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oncall", "0004_paging_in_full")]

    operations = [
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["source", "dedup_key", "-id"], name="alert_of_key"),
        ),
    ]
