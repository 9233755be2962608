"""The registers of this app in Django's admin."""

from django.contrib import admin

from disperin.submissions.admin import RecordAdmin
from zones.models import Milestone, Zone, ZoneIssue

_CLOSED = ("closed_on", admin.EmptyFieldListFilter)


@admin.register(Zone)
class ZoneAdmin(RecordAdmin):
    list_display = ["number", "name", "slug", "kind", "stage", "regency", "verified_at", "closed_on"]
    list_filter = ["regency", "kind", "stage", _CLOSED]
    list_select_related = ["regency"]


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin):
    list_display = [
        "number", "name", "zone", "weight", "percent", "planned_finish", "baseline_number", "verified_at", "closed_on",
    ]  # fmt: skip
    list_filter = ["regency", _CLOSED]
    list_select_related = ["zone"]


@admin.register(ZoneIssue)
class ZoneIssueAdmin(RecordAdmin):
    list_display = ["number", "zone", "kind", "agency", "light", "state", "opened_on", "due_on", "closed_on"]
    list_filter = ["regency", "kind", "light", "state", _CLOSED]
    list_select_related = ["zone"]
    search_fields = ["number", "description", "agency", "zone__name"]
