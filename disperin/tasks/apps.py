"""Tasks as a Django app; the tables stand in the apps whose things they are about."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "disperin.tasks"
    label = "tasks"
    verbose_name = _("tasks")
