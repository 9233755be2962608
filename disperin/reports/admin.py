"""Reports in Django's admin, and what the office lays down about them."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from disperin.accounts.requests import user_of
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.reports import actions
from disperin.reports.models import QuarterlyReport, ReportingDeadline, ReportingDuty, ShipyardClass
from disperin.submissions.admin import RecordAdmin
from disperin.ui.admin import EndedRowAdmin, LaidDownAdmin, as_written

YEAR = as_written("year", QuarterlyReport._meta.get_field("year").verbose_name)


@admin.register(QuarterlyReport)
class QuarterlyReportAdmin(RecordAdmin):
    list_display = ["number", "establishment", YEAR, "quarter", "group", "regency", "verification", "closed_on"]
    list_filter = ["regency", "quarter", "group", ("closed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["establishment", "regency"]
    search_fields = ["number", "establishment__name", "establishment__number"]


@admin.register(ReportingDeadline)
class ReportingDeadlineAdmin(LaidDownAdmin):
    """From when to when the report of a quarter is sent; a postponed day is changed in its row, and kept in history."""

    formfield_overrides = DAYS_IN_ADMIN
    list_display = ["__str__", "opens_on", "due_on", "source"]
    fields = ["year", "quarter", "opens_on", "due_on", "source"]

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return ["year", "quarter"] if obj else []

    def save_model(self, request: HttpRequest, obj: ReportingDeadline, form: ModelForm, change: bool) -> None:
        actions.keep_deadline(obj, by=user_of(request))


@admin.register(ReportingDuty)
class ReportingDutyAdmin(EndedRowAdmin):
    """A dated row: one that changes is ended, and another follows."""

    formfield_overrides = DAYS_IN_ADMIN
    list_display = ["key", "scale", "source", "valid_from", "valid_to"]
    fields = ["key", "scale", "source", "valid_from", "valid_to"]

    def save_model(self, request: HttpRequest, obj: ReportingDuty, form: ModelForm, change: bool) -> None:
        actions.keep_duty(obj, by=user_of(request))


@admin.register(ShipyardClass)
class ShipyardClassAdmin(EndedRowAdmin):
    """A dated row, as of duties."""

    formfield_overrides = DAYS_IN_ADMIN
    autocomplete_fields = ["kbli"]
    list_display = ["key", "kbli", "source", "valid_from", "valid_to"]
    fields = ["key", "kbli", "source", "valid_from", "valid_to"]

    def save_model(self, request: HttpRequest, obj: ShipyardClass, form: ModelForm, change: bool) -> None:
        actions.keep_shipyard(obj, by=user_of(request))
