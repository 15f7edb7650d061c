from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("postmortems", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="postmortem",
            name="origin",
            field=models.CharField(blank=True, max_length=80, null=True, unique=True),
        ),
    ]
