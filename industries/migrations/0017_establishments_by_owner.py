"""The office finds an establishment by words of its owner's name."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # writers go on while the index is made

    dependencies = [("industries", "0016_everyday_names_of_goods")]

    operations = [
        AddIndexConcurrently(
            "establishment",
            django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower("owner_name"), name="gin_trgm_ops"
                ),
                name="establishment_owner_search",
                fastupdate=True,
                gin_pending_list_limit=256,
            ),
        )
    ]
