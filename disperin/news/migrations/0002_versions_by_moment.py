"""Versions by their moment: how all rows of a register stood at the end of a past day."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("attachments", "0001_initial"),
        ("news", "0001_news"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("regions", "0001_initial"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="newsevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="news_newsev_pgh_cre_1f2880_idx"),
        ),
    ]
