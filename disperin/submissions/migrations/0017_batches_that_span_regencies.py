"""Batches with submissions of several regencies are opened by the province alone."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def keep_apart(apps, _editor):
    """Those that are there and hold a submission of another regency than their own."""
    elsewhere = apps.get_model("submissions", "Submission").objects.filter(batch=OuterRef("pk"))
    elsewhere = elsewhere.exclude(regency=OuterRef("regency"))
    apps.get_model("submissions", "Batch").objects.filter(Exists(elsewhere)).update(spans_regencies=True)


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0016_promise_of_the_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="spans_regencies",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunPython(keep_apart, migrations.RunPython.noop, elidable=True),
    ]
