"""The words of the search, kept by administrators."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from disperin.registers.models import SearchWord
from industries.admin import CodeAdmin


@admin.register(SearchWord)
class SearchWordAdmin(CodeAdmin):
    """What words mean to whoever searches. One that is no longer right is switched off."""

    list_display = ["word", "means", "language", "in_use"]
    list_filter = ["language", "in_use"]
    search_fields = ["word", "means"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return ["word", "means"] if obj else []
