"""The registers of this app in Django's admin, and the items of the accreditation."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from disperin.accounts.requests import user_of
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.submissions.admin import RecordAdmin
from disperin.ui.admin import LaidDownAdmin
from zones import actions
from zones.forms import AccreditationItemForm
from zones.models import AccreditationItem, Milestone, Partnership, Zone, ZoneIssue

_CLOSED = ("closed_on", admin.EmptyFieldListFilter)


@admin.register(Zone)
class ZoneAdmin(RecordAdmin):
    list_display = ["number", "name", "slug", "kind", "stage", "regency", "verification", "closed_on"]
    list_filter = ["regency", "kind", "stage", _CLOSED]
    list_select_related = ["regency"]


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin):
    list_display = [
        "number", "name", "zone", "weight", "percent", "planned_finish", "baseline_number", "verification", "closed_on",
    ]  # fmt: skip
    list_filter = ["regency", _CLOSED]
    list_select_related = ["zone"]


@admin.register(ZoneIssue)
class ZoneIssueAdmin(RecordAdmin):
    list_display = ["number", "zone", "kind", "agency", "light", "state", "opened_on", "due_on", "closed_on"]
    list_filter = ["regency", "kind", "light", "state", _CLOSED]
    list_select_related = ["zone"]
    search_fields = ["number", "description", "agency", "zone__name"]


@admin.register(Partnership)
class PartnershipAdmin(RecordAdmin):
    list_display = ["number", "supplier", "buyer", "buyer_tenant", "commodity", "since", "until", "closed_on"]
    list_filter = ["regency", "commodity", _CLOSED]
    list_select_related = ["supplier", "buyer", "buyer_tenant__establishment", "commodity"]
    search_fields = ["number", "supplier__name", "buyer__name", "buyer_tenant__name"]


@admin.register(AccreditationItem)
class AccreditationItemAdmin(LaidDownAdmin):
    """A dated row: shown first what it would move, stored when that is confirmed; ended, never deleted."""

    form = AccreditationItemForm
    formfield_overrides = DAYS_IN_ADMIN
    change_form_template = "admin/registers/previewed_form.html"
    list_display = ["key", "name_id", "aspect", "weight", "position", "valid_from", "valid_to"]
    list_filter = ["aspect"]
    fields = [
        "key", "aspect", "name_id", "name_en", "meaning", "weight", "source", "position", "valid_from", "valid_to",
        "confirmed",
    ]  # fmt: skip

    def save_model(self, request: HttpRequest, obj: AccreditationItem, form: ModelForm, change: bool) -> None:
        actions.keep_item(obj, by=user_of(request))
