"""A kind of record in the register of zones that is none: the national strategic project."""

from django.db import migrations, models

KIND = models.CharField(
    choices=[
        ("ki", "Industrial estate (KI)"),
        ("kpi", "Industrial allotment area (KPI)"),
        ("wppi", "Industrial growth centre region (WPPI)"),
        ("sentra_ikm", "Production centre (sentra IKM)"),
        ("kek", "Special economic zone (KEK)"),
        ("kit", "Integrated industrial zone (KIT)"),
        ("proyek", "National strategic project that is no zone"),
    ],
    max_length=12,
    verbose_name="kind of zone",
)


class Migration(migrations.Migration):
    dependencies = [
        ("zones", "0011_versions_by_moment"),
    ]

    operations = [
        migrations.AlterField(model_name="zone", name="kind", field=KIND),
        migrations.AlterField(model_name="zoneevent", name="kind", field=KIND),
    ]
