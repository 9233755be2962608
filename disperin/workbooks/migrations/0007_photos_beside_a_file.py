"""Pictures of a ZIP, by the names that rows of a file say."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attachments", "0001_initial"),
        ("workbooks", "0006_mended_by_hand"),
    ]

    operations = [
        migrations.AddField(
            model_name="workbook",
            name="photos_path",
            field=models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.CreateModel(
            name="WorkbookPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("problem", models.JSONField(default=dict)),
                ("path", models.CharField(max_length=100)),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="attachments.attachment",
                    ),
                ),
                (
                    "workbook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="workbooks.workbook"
                    ),
                ),
            ],
            options={
                "ordering": ["key"],
                "constraints": [models.UniqueConstraint(fields=("workbook", "key"), name="one_photo_of_a_name")],
            },
        ),
    ]
