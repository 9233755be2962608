from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0003_received_and_ended_lately")]

    operations = [
        migrations.AddField(
            model_name="inquiry",
            name="mended_at",
            field=models.DateTimeField(null=True, verbose_name="mended"),
        ),
    ]
