"""What the offices of the regencies are called, in Django's admin."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from disperin.accounts.requests import user_of
from disperin.letters import actions
from disperin.letters.models import RegencyOffice
from disperin.ui.admin import Section


@admin.register(RegencyOffice)
class RegencyOfficeAdmin(admin.ModelAdmin):
    """The own name of each office, as letters are addressed to it."""

    section = Section.RULES
    list_display = ["regency", "name", "place"]
    list_select_related = ["regency"]
    show_full_result_count = False
    actions = None

    def save_model(self, request: HttpRequest, obj: RegencyOffice, form: ModelForm, change: bool) -> None:
        actions.keep_office(obj, by=user_of(request))

    def has_delete_permission(self, request: HttpRequest, obj: RegencyOffice | None = None) -> bool:
        return False
