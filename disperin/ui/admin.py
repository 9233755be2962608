"""What Django's admin shows and never changes."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """To read: rows are made and changed by verbs or commands, never here."""

    show_full_result_count = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
