"""Jobs as a Django app, for their command; and the queue of tasks, under a name of ours."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django_tasks_db import apps as tasks


class JobsConfig(AppConfig):
    default = True
    name = "disperin.jobs"
    verbose_name = "jobs"


class TasksConfig(tasks.TasksAppConfig):
    """The library's queue; its own name is English only. Named in INSTALLED_APPS in its place."""

    default = False
    verbose_name = _("background tasks")  # type: ignore[assignment]
