"""Assistance in Django's admin, and the spans that the office lays down."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import user_of
from disperin.assistance import actions
from disperin.assistance.forms import RepeatSpanForm
from disperin.assistance.models import Assistance, RepeatSpan
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.submissions.admin import RecordAdmin
from disperin.ui.admin import LaidDownAdmin, as_written

YEAR = as_written("year", _("budget year"))


@admin.register(Assistance)
class AssistanceAdmin(RecordAdmin):
    list_display = ["number", "name", "kind", YEAR, "funds", "state", "regency", "verification", "closed_on"]
    list_filter = ["regency", "kind", "funds", "state", ("closed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["regency"]
    search_fields = ["number", "name", "sub_activity_code", "decree_number", "handover_number"]


@admin.register(RepeatSpan)
class RepeatSpanAdmin(LaidDownAdmin):
    """A dated row: shown first whom it would tell of, stored when that is confirmed; ended, never deleted."""

    form = RepeatSpanForm
    formfield_overrides = DAYS_IN_ADMIN
    change_form_template = "admin/registers/previewed_form.html"
    list_display = ["key", "kind", "years", "source", "valid_from", "valid_to"]
    fields = ["key", "kind", "years", "source", "valid_from", "valid_to", "confirmed"]

    def save_model(self, request: HttpRequest, obj: RepeatSpan, form: ModelForm, change: bool) -> None:
        actions.keep_span(obj, by=user_of(request))
