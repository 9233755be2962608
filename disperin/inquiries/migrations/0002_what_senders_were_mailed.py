from django.db import migrations, models
from django.db.models import F


def take_as_told(apps, schema_editor):
    """Whatever was to be mailed before is not mailed again."""
    apps.get_model("inquiries", "Inquiry").objects.update(told_state=F("state"))


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0001_inquiries_and_holidays"),
    ]

    operations = [
        migrations.AddField(
            model_name="inquiry",
            name="told_state",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.RunPython(take_as_told, migrations.RunPython.noop),
    ]
