"""Tasks are kept by the dotted path of their function; those that wait follow the functions that moved."""

from django.db import migrations

MOVED = {
    "disperin.submissions.actions.pairing.go_on": "disperin.duplicates.actions.pairing.go_on",
    "disperin.submissions.actions.working.carry_out": "disperin.submissions.batches.jobs.carry_out",
}


def follow(apps, _schema_editor):
    _rename(apps, MOVED.items())


def go_back(apps, _schema_editor):
    _rename(apps, [(new, old) for old, new in MOVED.items()])


def _rename(apps, pairs):
    for old, new in pairs:
        apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path=old).update(task_path=new)


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0008_confirmations"),
        ("django_tasks_database", "0001_initial"),
    ]

    operations = [migrations.RunPython(follow, go_back)]
