"""The history in Django's admin: to read, never to change."""

from django.contrib import admin

from disperin.history.models import Entry
from disperin.ui.admin import ReadOnlyAdmin


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """Who did what when."""

    list_display = ["at", "actor", "verb", "target_type", "target_name"]
    list_filter = ["verb", "target_type"]
    list_select_related = ["actor"]
    search_fields = ["target_name"]
    fields = ["at", "actor", "verb", "target_type", "target_id", "target_name", "detail"]
