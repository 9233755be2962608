"""Files that the province sent may hold rows of any regency: the province alone opens them."""

from django.db import migrations, models


def keep_apart(apps, _editor):
    """Those that are there and were sent by somebody who is of no regency."""
    found = apps.get_model("workbooks", "Workbook").objects.filter(sent_by__regency=None)
    found.update(spans_regencies=True)


class Migration(migrations.Migration):
    dependencies = [
        ("workbooks", "0007_photos_beside_a_file"),
    ]

    operations = [
        migrations.AddField(
            model_name="workbook",
            name="spans_regencies",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunPython(keep_apart, migrations.RunPython.noop, elidable=True),
    ]
