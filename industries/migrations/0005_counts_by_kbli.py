"""The verbs keep how many open establishments each class of KBLI has; those entered before are counted once here."""

from django.db import migrations

COUNT = """
    INSERT INTO registers_facetcount (register, facet, value, number)
    SELECT 'establishments', 'kbli', kbli_id, count(*)
    FROM industries_establishment WHERE closed_on IS NULL GROUP BY kbli_id
"""
FORGET = "DELETE FROM registers_facetcount WHERE register = 'establishments' AND facet = 'kbli'"


class Migration(migrations.Migration):
    dependencies = [
        ("industries", "0004_downstream_chains"),
        ("registers", "0001_initial"),
    ]

    operations = [migrations.RunSQL([FORGET, COUNT], FORGET)]
