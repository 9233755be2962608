"""The history in Django's admin: to read, never to change."""

from django.contrib import admin

from disperin.history.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """Who did what when."""

    list_display = ["at", "actor", "verb", "target_type", "target_name"]
    list_filter = ["verb", "target_type"]
    list_select_related = ["actor"]
    search_fields = ["target_name"]
    fields = ["at", "actor", "verb", "target_type", "target_id", "target_name", "detail"]
    show_full_result_count = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
