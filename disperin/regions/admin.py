"""The regions in Django's admin: to read; `load_reference` brings new ones."""

from django.contrib import admin

from disperin.regions.models import District, Regency, RetiredCode, Village
from disperin.ui.admin import ReadOnlyAdmin, Section


class RegionAdmin(ReadOnlyAdmin):
    """A level of the official regions: codes come from the ministry's list, not from here."""

    section = Section.PEOPLE
    search_fields = ["code", "name"]


@admin.register(Regency)
class RegencyAdmin(RegionAdmin):
    list_display = ["code", "name", "kind", "capital"]


@admin.register(District)
class DistrictAdmin(RegionAdmin):
    list_display = ["code", "name", "regency"]
    list_filter = ["regency"]
    list_select_related = ["regency"]


@admin.register(Village)
class VillageAdmin(RegionAdmin):
    list_display = ["code", "name", "kind", "district", "regency"]
    list_filter = ["regency", "kind"]
    list_select_related = ["district", "regency"]


@admin.register(RetiredCode)
class RetiredCodeAdmin(RegionAdmin):
    list_display = ["code", "successor", "name", "note"]
