from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVector
from django.db import migrations

WORDS = (
    ("establishment", "search_text", "establishment_words"),
    ("establishment", "name", "establishment_name_words"),
    ("product", "name", "product_words"),
)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("industries", "0032_establishments_by_npwp"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name=model,
            index=GinIndex(SearchVector(column, config="simple"), gin_pending_list_limit=256, name=name),
        )
        for model, column, name in WORDS
    ]
