"""Rows are mended, skipped and submitted in the import itself; what was submitted before was submitted whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0007_batches_of_older_systems"),
        ("workbooks", "0001_squashed_0005_files_of_older_systems"),
    ]

    operations = [
        migrations.AddField(
            model_name="workbook",
            name="earlier_batches",
            field=models.ManyToManyField(related_name="earlier_in", to="submissions.batch"),
        ),
        migrations.AddField(
            model_name="workbook",
            name="handed_in",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="workbook",
            name="skipped",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="skipped"),
        ),
        migrations.AddField(
            model_name="workbookrow",
            name="decided",
            field=models.CharField(
                blank=True,
                choices=[("skip", "Not to be taken in"), ("data", "Data, though it does not look so")],
                db_default="",
                default="",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="workbookrow",
            name="mended",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AlterField(
            model_name="workbookrow",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("new", "New"),
                    ("changed", "Changed"),
                    ("unchanged", "Unchanged"),
                    ("bad", "To be mended"),
                    ("skipped", "Skipped"),
                ],
                max_length=9,
            ),
        ),
        migrations.RunSQL(
            "UPDATE workbooks_workbook SET handed_in = new + changed WHERE state = 'submitted'", migrations.RunSQL.noop
        ),
    ]
