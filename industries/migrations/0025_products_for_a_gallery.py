"""Lists of products begin with those that have a photograph."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Concat, Lower


class Migration(migrations.Migration):
    atomic = False  # writers go on while the index is made

    dependencies = [("attachments", "0001_initial"), ("industries", "0024_products_have_numbers")]

    operations = [
        AddIndexConcurrently(
            "product",
            models.Index(
                Concat(
                    models.Case(models.When(photo=None, then=models.Value("1")), default=models.Value("0")),
                    Lower("name"),
                ),
                models.F("id"),
                name="product_gallery",
                condition=models.Q(closed_on=None),
            ),
        )
    ]
