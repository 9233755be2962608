from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("industries", "0019_what_has_a_day"),
    ]

    operations = [
        migrations.AlterField(
            model_name="chainstep",
            name="commodity",
            field=models.CharField(max_length=20, verbose_name="commodity"),
        ),
        migrations.AlterField(
            model_name="chainstepevent",
            name="commodity",
            field=models.CharField(max_length=20, verbose_name="commodity"),
        ),
    ]
