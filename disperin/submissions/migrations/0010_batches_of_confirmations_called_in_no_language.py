"""Batches of confirmations were called in the language of whoever made them; from now on it is said when it is read."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("submissions", "0009_tasks_that_moved")]

    operations = [
        migrations.RunSQL(
            """
            UPDATE submissions_batch SET name = 'portal:old_stock?register=' || register
            WHERE older_system = ''
            AND EXISTS (SELECT FROM submissions_submission AS one WHERE one.batch_id = submissions_batch.id
                AND one.kind = 'confirm')
            """,
            migrations.RunSQL.noop,
        )
    ]
