"""Lists of Django's admin narrowed to what is of one register, by its name."""

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.registers.record import directory
from disperin.ui.admin import OneOf


class RegisterFilter(OneOf):
    """By the column `register`, which holds the slug."""

    title, parameter_name = _("register"), "register"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(register.slug, capfirst(str(register.label_alone))) for register in directory.all_registers()]
