"""Inspections in Django's admin, and the days on which follow-ups rise to the head."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from disperin.accounts.requests import user_of
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.submissions.admin import RecordAdmin
from disperin.supervision import actions
from disperin.supervision.models import EscalationRule, Inspection
from disperin.ui.admin import EndedRowAdmin


@admin.register(Inspection)
class InspectionAdmin(RecordAdmin):
    list_display = ["number", "establishment", "zone", "regency", "planned_on", "visited_on", "closed_on"]
    list_filter = ["regency", ("closed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["establishment", "zone", "regency"]
    search_fields = ["number", "establishment__name", "zone__name", "inspectors"]


@admin.register(EscalationRule)
class EscalationRuleAdmin(EndedRowAdmin):
    """A dated row: one that changes is ended, and another follows."""

    formfield_overrides = DAYS_IN_ADMIN
    fields = ["days", "source", "valid_from", "valid_to"]
    list_display = ["days", "source", "valid_from", "valid_to"]

    def save_model(self, request: HttpRequest, obj: EscalationRule, form: ModelForm, change: bool) -> None:
        actions.keep_escalation(obj, by=user_of(request))
