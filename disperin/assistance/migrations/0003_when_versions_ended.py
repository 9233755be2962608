from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

MODELS = ("assistanceevent", "beneficiaryevent", "goodsevent")
# The versions of so many records at once are told when they ended, and what is told stays where it is cut off.
END = """
    DO $$
    DECLARE
        first bigint := 0;
        last bigint := (SELECT COALESCE(max(pgh_obj_id), 0) FROM {table});
    BEGIN
        WHILE first <= last LOOP
            UPDATE {table} AS version SET pgh_ended_at = following.at
            FROM (
                SELECT pgh_id, lead(pgh_created_at) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_created_at, pgh_id) AS at
                FROM {table} WHERE pgh_obj_id BETWEEN first AND first + 9999
            ) AS following
            WHERE version.pgh_id = following.pgh_id AND version.pgh_ended_at IS NULL AND following.at IS NOT NULL;
            first := first + 10000;
            COMMIT;
        END LOOP;
    END $$
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("assistance", "0002_versions_end")]

    operations = [
        migrations.RunSQL([END.format(table=f"assistance_{model}") for model in MODELS], migrations.RunSQL.noop),
        *(
            AddIndexConcurrently(
                model_name=model,
                index=models.Index(
                    condition=models.Q(("pgh_ended_at__isnull", False)),
                    fields=["pgh_ended_at", "pgh_created_at"],
                    name=f"ended_{model}",
                ),
            )
            for model in MODELS
        ),
    ]
