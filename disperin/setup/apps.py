"""Set-up as a Django app, for its management commands; and the queue of tasks, under a name of ours."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django_tasks_db import apps as tasks


class SetupConfig(AppConfig):
    default = True
    name = "disperin.setup"
    verbose_name = _("set-up")


class TasksConfig(tasks.TasksAppConfig):
    """The library's queue; its own name is English only. Named in INSTALLED_APPS in its place."""

    default = False
    verbose_name = _("background tasks")  # type: ignore[assignment]
