"""The history in Django's admin: to read, never to change."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.history import deeds
from disperin.history.models import Entry
from disperin.ui.admin import OneOf, ReadOnlyAdmin
from disperin.ui.texts import Text


class DeedFilter(OneOf):
    title, parameter_name = _("what"), "verb"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(verb, str(deed.title)) for verb, deed in deeds.named().items()]


class TargetFilter(OneOf):
    title, parameter_name = _("about"), "target_type"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        models = model_admin.admin_site._registry
        return sorted((model._meta.label_lower, capfirst(str(model._meta.verbose_name))) for model in models)


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """Who did what when, in words."""

    list_display = ["at", "actor", "deed", "about", "target_name"]
    list_filter = [DeedFilter, TargetFilter]
    list_select_related = ["actor"]
    search_fields = ["target_name"]
    fields = ["at", "actor", "deed", "about", "target_id", "target_name", "detail"]

    @admin.display(description=_("what"), ordering="verb")
    def deed(self, entry: Entry) -> Text:
        return deeds.of(entry.verb).title

    @admin.display(description=_("about"), ordering="target_type")
    def about(self, entry: Entry) -> str:
        try:
            return capfirst(str(apps.get_model(entry.target_type)._meta.verbose_name))
        except LookupError:  # a kind of thing that the portal no longer has
            return entry.target_type
