"""A submission may say that a record is right as it stands. Nothing changes in those that are there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0007_batches_of_older_systems"),
    ]

    operations = [
        migrations.AlterField(
            model_name="submission",
            name="kind",
            field=models.CharField(
                choices=[
                    ("create", "New record"),
                    ("change", "Change"),
                    ("close", "Closing"),
                    ("reopen", "Reopening"),
                    ("confirm", "Confirmation"),
                ],
                default="create",
                max_length=8,
                verbose_name="kind",
            ),
        ),
    ]
