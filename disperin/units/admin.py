"""Units of the office and offices of the regencies in Django's admin, to lay down."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from disperin.accounts.requests import user_of
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.ui.admin import EndedRowAdmin
from disperin.units import actions
from disperin.units.models import Unit


@admin.register(Unit)
class UnitAdmin(EndedRowAdmin):
    """A unit that changes its name is ended and followed by a new one: what named it keeps the name."""

    formfield_overrides = DAYS_IN_ADMIN
    fields = ["key", "name", "regency", "place", "takes_letters", "valid_from", "valid_to"]
    list_display = ["key", "name", "regency", "takes_letters", "valid_from", "valid_to"]
    list_filter = ["regency"]
    list_select_related = ["regency"]

    def save_model(self, request: HttpRequest, obj: Unit, form: ModelForm, change: bool) -> None:
        actions.keep_unit(obj, by=user_of(request))
