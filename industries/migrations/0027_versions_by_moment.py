"""Versions by their moment: how all rows of a register stood at the end of a past day."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("attachments", "0001_initial"),
        ("industries", "0026_what_is_missing"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("regions", "0001_initial"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="clusterevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="industries__pgh_cre_388eb6_idx"),
        ),
        AddIndexConcurrently(
            model_name="documentevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="industries__pgh_cre_6f9f76_idx"),
        ),
        AddIndexConcurrently(
            model_name="establishmentevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="industries__pgh_cre_510a99_idx"),
        ),
        AddIndexConcurrently(
            model_name="greencertificationevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="industries__pgh_cre_eec22d_idx"),
        ),
        AddIndexConcurrently(
            model_name="halalcertificationevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="industries__pgh_cre_158936_idx"),
        ),
        AddIndexConcurrently(
            model_name="halalcoverevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="industries__pgh_cre_aa7d5c_idx"),
        ),
        AddIndexConcurrently(
            model_name="productevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="industries__pgh_cre_8643c9_idx"),
        ),
    ]
