"""The page of a regency counts its makers by more than the regency: what is there is counted for the first time."""

from django.db import migrations

COUNTED = {
    "branch": "branch",
    "industry_scale": "industry_scale",
    "kbli": "kbli_id",
    "commodities": "unnest(commodities)",
    "origin": "origin",
}
_COUNT = """
    INSERT INTO registers_facetcount (register, facet, value, number)
    SELECT 'establishments', 'regency/{facet}', regency_id || '|' || value, count(*)
    FROM (SELECT regency_id, ({column})::text AS value FROM industries_establishment
          WHERE closed_on IS NULL AND NOT hidden) AS made
    WHERE value <> '' GROUP BY regency_id, value;
"""
_FORGET = "DELETE FROM registers_facetcount WHERE facet = 'regency/{facet}' AND register = 'establishments';"


class Migration(migrations.Migration):
    dependencies = [("industries", "0021_tasks_of_every_kind")]

    operations = [
        migrations.RunSQL(_COUNT.format(facet=facet, column=column), _FORGET.format(facet=facet))
        for facet, column in COUNTED.items()
    ]
