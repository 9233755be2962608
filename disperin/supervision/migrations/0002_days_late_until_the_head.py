from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0001_inspections"),
    ]

    operations = [
        migrations.AlterField(
            model_name="escalationrule",
            name="days",
            field=models.PositiveSmallIntegerField(
                help_text="0: from the day after the due day on. 9: from the tenth day on that it is late.",
                verbose_name="more than so many days late",
            ),
        ),
    ]
