from django.db import migrations, models

# records were counted only where they had a score; of each part now as well how many records have it
_PARTS = ("score", "complete", "fresh", "plausible", "verified")
_RECOUNT = f"""
    INSERT INTO industries_qualitycount
        (regency_id, records, {", ".join(_PARTS)}, {", ".join(f"{one}_of" for one in _PARTS)})
    SELECT regency_id, count(*), {", ".join(f"COALESCE(sum({one}), 0)" for one in _PARTS)},
        {", ".join(f"count({one})" for one in _PARTS)}
    FROM industries_quality WHERE listed GROUP BY regency_id
"""  # noqa: S608 -- our own names


class Migration(migrations.Migration):
    dependencies = [("industries", "0030_quality_of_data")]

    operations = [
        *(
            migrations.AddField(model, f"{one}_of", models.IntegerField(**how))
            for model, how in (("qualitycount", {"default": 0}), ("qualitymark", {"null": True}))
            for one in _PARTS
        ),
        migrations.RunSQL("DELETE FROM industries_qualitycount", migrations.RunSQL.noop),
        migrations.RunSQL(_RECOUNT, migrations.RunSQL.noop),
    ]
