"""Lists are narrowed by the origin of records: how many there are of each is counted for those that are there."""

from django.db import migrations

REGISTERS = [
    ("awards", "ovop_award", ""),
    ("nominations", "ovop_nomination", ""),
]
_COUNT = """
    INSERT INTO registers_facetcount (register, facet, value, number)
    SELECT '{slug}', 'origin', origin, count(*) FROM {table} WHERE closed_on IS NULL AND NOT hidden{listed} GROUP BY origin;
"""
_FORGET = "DELETE FROM registers_facetcount WHERE facet = 'origin' AND register = '{slug}';"


class Migration(migrations.Migration):
    dependencies = [
        ("registers", "0006_what_is_hidden"),
        ("ovop", "0004_hidden_from_the_public"),
    ]

    operations = [
        migrations.RunSQL(_COUNT.format(slug=slug, table=table, listed=listed), _FORGET.format(slug=slug))
        for slug, table, listed in REGISTERS
    ]
