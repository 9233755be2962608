"""Adds up what the makers that are there state, as `manage.py recount` does; from now on the verbs keep it."""

from django.db import migrations

FILL = """
    INSERT INTO registers_groupsum (register, "column", regency, code, measure, total, given)
    SELECT 'establishments', g."column", e.regency_id, g.code, m.measure, sum(m.value), count(*) FILTER (WHERE m.value > 0)
    FROM industries_establishment e
    CROSS JOIN LATERAL (
        VALUES ('', ''), ('regency_id', e.regency_id), ('branch', e.branch), ('kbli_group_id', e.kbli_group_id),
            ('industry_scale', e.industry_scale), ('business_scale', e.business_scale),
            ('statistical_scale', e.statistical_scale)
        UNION ALL SELECT 'commodities', unnest(e.commodities)
    ) AS g ("column", code)
    CROSS JOIN LATERAL (
        VALUES ('records', 1::numeric), ('without_nib', CASE WHEN e.nib = '' THEN 1 END),
            ('workers_male', e.workers_male), ('workers_female', e.workers_female), ('investment', e.investment),
            ('land_building_value', e.land_building_value), ('capital', e.capital), ('annual_sales', e.annual_sales)
    ) AS m (measure, value)
    WHERE e.closed_on IS NULL AND e.sector <> 'jasa' AND (g.code <> '' OR g."column" = '') AND m.value <> 0
    GROUP BY 2, 3, 4, 5
"""


class Migration(migrations.Migration):
    dependencies = [
        ("industries", "0035_services_by_name"),
        ("registers", "0009_sums_by_group"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
