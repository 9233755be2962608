"""Planning in Django's admin: indicators to look at, thresholds and layouts to lay down."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from disperin.accounts.requests import user_of
from disperin.planning import actions
from disperin.planning.forms import TemplateForm
from disperin.planning.models import Indicator, LightRule, TableLayout, TablePaper, TableTemplate
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.submissions.admin import RecordAdmin
from disperin.ui.admin import EndedRowAdmin


@admin.register(Indicator)
class IndicatorAdmin(RecordAdmin):
    list_display = ["number", "name", "kind", "level", "unit", "measure", "verification", "closed_on"]
    list_filter = ["kind", "level", ("closed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["unit", "regency"]
    search_fields = ["number", "name", "code", "reference_code"]


@admin.register(LightRule)
class LightRuleAdmin(EndedRowAdmin):
    """Thresholds that change are ended and followed by new ones: what was shown by them keeps its sense."""

    formfield_overrides = DAYS_IN_ADMIN
    fields = ["key", "green_from", "yellow_from", "source", "valid_from", "valid_to"]
    list_display = ["key", "green_from", "yellow_from", "source", "valid_from", "valid_to"]

    def save_model(self, request: HttpRequest, obj: LightRule, form: ModelForm, change: bool) -> None:
        actions.keep_light(obj, by=user_of(request))


@admin.register(TableLayout)
class TableLayoutAdmin(EndedRowAdmin):
    """Columns of a printed table; other ones are a new row, so that what was printed keeps its sense."""

    formfield_overrides = DAYS_IN_ADMIN
    fields = ["key", "kind", "title", "columns", "source", "valid_from", "valid_to"]
    list_display = ["key", "kind", "source", "valid_from", "valid_to"]

    def save_model(self, request: HttpRequest, obj: TableLayout, form: ModelForm, change: bool) -> None:
        actions.keep_layout(obj, by=user_of(request))


@admin.register(TableTemplate)
class TableTemplateAdmin(EndedRowAdmin):
    """A workbook that a printed table is filled into; another one is a new row, so that the older stays as it was."""

    formfield_overrides = DAYS_IN_ADMIN
    fields = ["key", "kind", "name", "digest", "source", "valid_from", "valid_to"]
    list_display = ["key", "kind", "name", "source", "valid_from", "valid_to"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        return super().get_form(request, obj, change, **({} if obj else {"form": TemplateForm}) | options)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.fields if obj else ["key", "kind", "file", "source", "valid_from", "valid_to"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")

    def save_model(self, request: HttpRequest, obj: TableTemplate, form: ModelForm, change: bool) -> None:
        actions.keep_template(obj, by=user_of(request))


@admin.register(TablePaper)
class TablePaperAdmin(EndedRowAdmin):
    """Who heads and signs a printed table; other words are a new row."""

    formfield_overrides = DAYS_IN_ADMIN
    fields = ["key", "kind", "head", "signatures", "source", "valid_from", "valid_to"]
    list_display = ["key", "kind", "head", "source", "valid_from", "valid_to"]

    def save_model(self, request: HttpRequest, obj: TablePaper, form: ModelForm, change: bool) -> None:
        actions.keep_paper(obj, by=user_of(request))
