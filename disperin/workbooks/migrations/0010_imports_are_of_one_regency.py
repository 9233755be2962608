"""Says of the files that are there what new ones obey already."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("workbooks", "0009_files_that_are_compared"),
    ]

    operations = [
        ValidateConstraint(model_name="workbook", name="an_import_is_of_one_regency"),
    ]
