"""What the pages of Django's admin share: rows that are only read, and rows that the office lays down."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet, TextChoices
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.ui import formats
from disperin.ui.texts import Text

COUNTED = 1_000  # rows of a table that are counted; beyond it says "1.000+"


class Section(TextChoices):
    """By what an administrator looks for a table; each admin names its own in `section`."""

    PEOPLE = "people", _("Accounts and regions")
    RULES = "rules", _("Rules and lists")
    REGISTERS = "registers", _("Registers, published directly")
    WATCH = "watch", _("Watch: history, submissions, jobs")


class PortalAdmin(admin.AdminSite):
    """Django's admin with its tables in groups by task, and on its first page how many rows each has."""

    index_template = "admin/index.html"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """As of Django for one app; for all of them the groups stand in for the apps."""
        if app_label:
            return super().get_app_list(request, app_label)
        by_section: dict[str, list[Any]] = {group.value: [] for group in Section}
        for app in self._build_app_dict(request).values():
            for model in app["models"]:
                by_section[getattr(self._registry[model["model"]], "section", Section.WATCH)].append(model)
        first = reverse("admin:index", current_app=self.name)
        return [
            {
                "name": group.label,
                "app_label": group.value,
                "app_url": f"{first}#{group.value}",
                "has_module_perms": True,
                "models": sorted(by_section[group.value], key=lambda model: str(model["name"]).casefold()),
            }
            for group in Section
            if by_section[group.value]
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """As Django's, with the number of rows of each table."""
        groups = self.get_app_list(request)
        for group in groups:
            for model in group["models"]:
                number = model["model"]._default_manager.order_by()[: COUNTED + 1].count()
                model["number"] = formats.capped(number, COUNTED)
        return super().index(request, {"app_list": groups, **(extra_context or {})})


def as_written(name: str, label: Text) -> Callable[[Any], str]:
    """A column of years or versions: they are no quantities, so no dot stands for thousands in them."""

    @admin.display(description=label, ordering=name)
    def column(row: Any) -> str:
        value = getattr(row, name)
        return "" if value is None else str(value)

    column.__name__ = name
    return column


class AsWritten(admin.AllValuesFieldListFilter):
    """The same of what a list is narrowed by."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": str(choice["display"])}


class OneOf(admin.SimpleListFilter):
    """Rows with one value of a column, offered in words and without asking a long table which there are."""

    parameter_name: str

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(**{self.parameter_name: chosen}) if chosen in dict(self.lookup_choices) else queryset


class _Sought(AutocompleteSelect):
    """As Django's: says what it is while nothing is chosen. Readers of the screen take its name from that."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        called = capfirst(str(self.field.verbose_name))
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": called}


class ReadOnlyAdmin(admin.ModelAdmin):
    """To read: rows are made and changed by verbs or commands, never here."""

    section = Section.WATCH
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class LaidDownAdmin(admin.ModelAdmin):
    """Rows that others point to: each app keeps them through its verb; they are never deleted, and their keys last."""

    section = Section.RULES
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return ["key"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            options["widget"] = _Sought(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **options)


class EndedRowForm(ModelForm):
    """Of a row that is only ended once it is stored."""

    def clean_valid_to(self) -> Any:
        """A stored row ends no earlier than it began; its first day is no field, so the constraint is not asked."""
        day = self.cleaned_data["valid_to"]
        begins = self.instance.valid_from
        if day and begins and day < begins:
            raise ValidationError(_("A rule cannot end before it begins."), "ends_before_it_begins")
        return day


class EndedRowAdmin(LaidDownAdmin):
    """Rows that are ended and followed by another, so that what was measured by one keeps its sense: named by `fields`.

    Nothing of a stored row changes but its last day.
    """

    form = EndedRowForm

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return [name for name in self.fields or () if name != "valid_to"] if obj else []
