"""Versions by their moment: how all rows of a register stood at the end of a past day."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("attachments", "0001_initial"),
        ("industries", "0027_versions_by_moment"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("regions", "0001_initial"),
        ("zones", "0010_said_in_english_too"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="milestoneevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="zones_miles_pgh_cre_8eda39_idx"),
        ),
        AddIndexConcurrently(
            model_name="partnershipevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="zones_partn_pgh_cre_d13380_idx"),
        ),
        AddIndexConcurrently(
            model_name="plotevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="zones_plote_pgh_cre_1e4555_idx"),
        ),
        AddIndexConcurrently(
            model_name="tenantevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="zones_tenan_pgh_cre_03b9ee_idx"),
        ),
        AddIndexConcurrently(
            model_name="utilityevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="zones_utili_pgh_cre_c07ddb_idx"),
        ),
        AddIndexConcurrently(
            model_name="zoneareaevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="zones_zonea_pgh_cre_98050e_idx"),
        ),
        AddIndexConcurrently(
            model_name="zonedocumentevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="zones_zoned_pgh_cre_8928f9_idx"),
        ),
        AddIndexConcurrently(
            model_name="zoneevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="zones_zonee_pgh_cre_3bec30_idx"),
        ),
        AddIndexConcurrently(
            model_name="zoneissueevent",
            index=models.Index(fields=["pgh_created_at", "pgh_obj"], name="zones_zonei_pgh_cre_4b7df6_idx"),
        ),
    ]
