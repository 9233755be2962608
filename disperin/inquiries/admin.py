"""Django's admin: inquiries to look up, and the holidays of their clock, which change through verbs."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from disperin.accounts.requests import user_of
from disperin.inquiries import actions
from disperin.inquiries.models import Holiday, Inquiry
from disperin.registers.record.admin_filter import RegisterFilter
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.ui.admin import ReadOnlyAdmin, Section


@admin.register(Inquiry)
class InquiryAdmin(ReadOnlyAdmin):
    """Inquiries are answered on their own pages; who sent them is shown there only."""

    list_display = ["number", "kind", "record_title", "state", "regency", "received_at", "due_on", "handled_by"]
    list_filter = ["state", "kind", RegisterFilter, "regency"]
    list_select_related = ["regency", "handled_by"]
    search_fields = ["number", "record_number", "record_title"]
    fields = [
        "number", "kind", "register", "record_number", "record_title", "regency", "topic", "state", "received_at",
        "reply_due_on", "answer_due_on", "handled_by", "replied_at", "mended_at", "answer", "ended_at", "ended_by",
        "forgotten_at",
    ]  # fmt: skip


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    """Days that do not count. What is still open is counted anew with each change."""

    section = Section.RULES
    formfield_overrides = DAYS_IN_ADMIN
    list_display = ["day", "name", "basis"]
    date_hierarchy = "day"
    search_fields = ["name", "basis"]
    show_full_result_count = False
    actions = None

    def save_model(self, request: HttpRequest, obj: Holiday, form: ModelForm, change: bool) -> None:
        actions.keep_holiday(obj, by=user_of(request))

    def delete_model(self, request: HttpRequest, obj: Holiday) -> None:
        actions.remove_holiday(obj, by=user_of(request))
