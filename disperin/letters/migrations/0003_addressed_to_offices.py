import django.db.models.deletion
from django.db import migrations, models

# A letter was printed to whatever its regency's office was called: that is the one that it names from now on.
NAME_OFFICES = """
UPDATE letters_datarequest SET office_id = u.key
    FROM units_unit u JOIN letters_regencyoffice o
        ON u.regency_id = o.regency_id AND u.takes_letters AND u.name = o.name
    WHERE o.regency_id = letters_datarequest.regency_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0002_letters_sent_twice_or_in_error"),
        ("units", "0001_units_and_offices"),
    ]

    operations = [
        migrations.AddField(
            model_name="datarequest",
            name="office",
            field=models.ForeignKey(
                blank=True,
                help_text="An office of the regency, from the list. Empty: a line to write on.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="units.unit",
                verbose_name="addressed to",
            ),
        ),
        migrations.RunSQL(NAME_OFFICES, migrations.RunSQL.noop),
        migrations.DeleteModel(
            name="RegencyOffice",
        ),
    ]
