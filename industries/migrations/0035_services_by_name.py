from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("industries", "0034_industry_services"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="establishment",
            index=models.Index(
                Lower("name"),
                "id",
                condition=models.Q(("closed_on__isnull", True), ("sector", "jasa")),
                name="establishment_services",
            ),
        ),
    ]
