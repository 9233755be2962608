"""Days in Django's admin: typed and read there as everywhere else."""

from typing import Any

from django.db import models

from disperin.registers.values.fields import Day
from disperin.ui.forms import DayInput

# `formfield_overrides` of an admin
DAYS_IN_ADMIN: dict[type[models.Field], dict[str, Any]] = {models.DateField: {"form_class": Day, "widget": DayInput}}
