"""Which older system the rows of files were taken out of, and when; those that are there come from none."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0007_batches_of_older_systems"),
        ("workbooks", "0004_exports_shared_by_visitors"),
    ]

    operations = [
        migrations.AddField(
            model_name="workbook",
            name="extracted_on",
            field=models.DateField(null=True, verbose_name="taken out on"),
        ),
        migrations.AddField(
            model_name="workbook",
            name="older_system",
            field=models.CharField(blank=True, max_length=100, verbose_name="older system"),
        ),
        migrations.AddConstraint(
            model_name="workbook",
            constraint=models.CheckConstraint(
                name="workbook_of_an_older_system_says_its_day",
                condition=Q(older_system="", extracted_on__isnull=True)
                | (~Q(older_system="") & Q(extracted_on__isnull=False)),
            ),
        ),
    ]
