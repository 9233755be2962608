"""Versions by their moment: how all rows of a register stood at the end of a past day."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("attachments", "0001_initial"),
        ("industries", "0027_versions_by_moment"),
        ("ovop", "0007_readiness_of_clusters"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("regions", "0001_initial"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="awardevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="ovop_awarde_pgh_cre_504265_idx"),
        ),
        AddIndexConcurrently(
            model_name="nominationevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="ovop_nomina_pgh_cre_70dcfb_idx"),
        ),
        AddIndexConcurrently(
            model_name="nominationpaperevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="ovop_nomina_pgh_cre_fcb448_idx"),
        ),
    ]
