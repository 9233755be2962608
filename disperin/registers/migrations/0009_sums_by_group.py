"""What records state, added up by group, kept by the verbs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registers", "0008_words_of_the_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupSum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=40)),
                ("regency", models.CharField(max_length=13)),
                ("column", models.CharField(blank=True, max_length=40)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("measure", models.CharField(max_length=40)),
                ("total", models.BigIntegerField(default=0)),
                ("given", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "column", "regency", "code", "measure"), name="one_sum_per_group"
                    )
                ],
            },
        ),
    ]
