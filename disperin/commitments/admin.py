"""Forums and commitments in Django's admin."""

from django.contrib import admin

from disperin.commitments.models import Commitment, Forum
from disperin.submissions.admin import RecordAdmin

_CLOSED = ("closed_on", admin.EmptyFieldListFilter)


@admin.register(Forum)
class ForumAdmin(RecordAdmin):
    list_display = ["number", "name", "kind", "day", "place", "minutes_number", "verification", "closed_on"]
    list_filter = ["kind", _CLOSED]
    list_select_related = ["regency"]


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    list_display = ["number", "name", "forum", "regency", "state", "due_on", "settled_on", "closed_on"]
    list_filter = ["regency", "state", _CLOSED]
    list_select_related = ["forum", "regency"]
    search_fields = ["number", "name", "unit__name", "responsible", "forum__name"]
