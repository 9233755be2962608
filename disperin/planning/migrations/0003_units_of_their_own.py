import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0002_workbooks_and_papers_of_tables"),
        ("units", "0001_units_and_offices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="indicator",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="indicators",
                to="units.unit",
                verbose_name="responsible unit",
            ),
        ),
        migrations.AlterField(
            model_name="indicatorevent",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="units.unit",
                verbose_name="responsible unit",
            ),
        ),
        migrations.RemoveField(
            model_name="unitevent",
            name="pgh_obj",
        ),
        migrations.RemoveField(
            model_name="unitevent",
            name="pgh_context",
        ),
        migrations.DeleteModel(
            name="Unit",
        ),
        migrations.DeleteModel(
            name="UnitEvent",
        ),
    ]
