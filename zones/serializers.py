"""What the API says of zones, plots, milestones, issues and partnerships."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disperin.registers.api.serializers import (
    LinkField,
    PhotoField,
    RecordSerializer,
    RowSerializer,
    text_of,
)
from zones.models import Milestone, Partnership, Plot, Tenant, Utility, Zone, ZoneArea, ZoneDocument, ZoneIssue

GEOMETRY = {
    "type": ["object", "null"],
    "required": ["type", "coordinates"],
    "properties": {"type": {"enum": ["Polygon", "MultiPolygon"]}, "coordinates": {"type": "array", "items": {}}},
    "description": "GeoJSON (RFC 7946): degrees, longitude first. Null while no outline was sent.",
}


@extend_schema_field(GEOMETRY)
class OutlineValue(serializers.Field):
    """A polygon as GeoJSON, or null."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)


def _figure(unit: str, **options: Any) -> serializers.FloatField:
    return serializers.FloatField(read_only=True, allow_null=True, help_text=unit, **options)


class AreaOfZoneSerializer(RowSerializer):
    """An area by one source. Areas of different bases or sources are never to be added up."""

    hectares = _figure("ha")

    class Meta:
        model = ZoneArea
        fields = ["key", "basis", "hectares", "note", "note_en", "source", "source_date"]


class UtilityOfZoneSerializer(RowSerializer):
    """A utility, or a way to the zone."""

    capacity, free_capacity = _figure("In `unit`, or null."), _figure("In `unit`, or null.")
    distance_km = _figure("km, or null.")

    class Meta:
        model = Utility
        fields = [
            "key", "kind", "name", "status", "capacity", "free_capacity", "unit", "distance_km", "note", "note_en",
            "source", "as_of",
        ]  # fmt: skip


class TenantOfZoneSerializer(RowSerializer):
    """Who works in the zone."""

    establishment = text_of("establishment.number", allow_null=True, help_text="Register number, or null.")
    hectares = _figure("ha, or null.")

    class Meta:
        model = Tenant
        fields = [
            "key", "name", "establishment", "establishment_name", "kbli", "other_code", "other_title", "hectares",
            "since",
        ]  # fmt: skip


class DocumentOfZoneSerializer(RowSerializer):
    """A permit, a legal basis or a paper."""

    file = serializers.UUIDField(source="file_id", read_only=True, allow_null=True, help_text="At `/berkas/<id>/`.")

    class Meta:
        model = ZoneDocument
        fields = ["key", "kind", "title", "number", "issued_on", "valid_until", "source", "file"]


class ZoneRowSerializer(RecordSerializer):
    """A zone as it stands in a list."""

    map_latitude, map_longitude = _figure("Degrees; see `map_point`."), _figure("Degrees; see `map_point`.")
    free_land_ha = _figure("ha of the free plots, or null.")
    free_power_mw = _figure("MW that are free, or null.")
    port_distance_km = _figure("km to the nearest port, or null.")

    class Meta:
        model = Zone
        fields = [
            "id", "number", "url", "version", "origin",
            "slug", "name", "also_known_as", "kind", "regency", "regency_name",
            "districts", "stage", "commodities", "free_land_ha", "free_power_mw", "port_distance_km", "map_latitude",
            "map_longitude", "map_point", "verified_at",
        ]  # fmt: skip


class ZoneSerializer(ZoneRowSerializer):
    """One zone with its areas, utilities, tenants and documents; its plots are at `plots`."""

    latitude, longitude = _figure("Degrees, or null."), _figure("Degrees, or null.")
    outline = OutlineValue()
    photo_url = PhotoField(source="photo")
    areas = AreaOfZoneSerializer(many=True, read_only=True)
    utilities = UtilityOfZoneSerializer(many=True, read_only=True)
    tenants = TenantOfZoneSerializer(many=True, read_only=True)
    documents = DocumentOfZoneSerializer(many=True, read_only=True)

    class Meta:
        model = Zone
        fields = [
            *ZoneRowSerializer.Meta.fields,
            "manager", "manager_source", "stage_on", "stage_note", "stage_note_en", "stage_source", "project_stage",
            "project_basis", "project_basis_en", "accreditation", "focus_industries", "focus_industries_en",
            "summary_id", "summary_en", "photo_url", "latitude", "longitude", "outline", "outline_as_of",
            "outline_source", "plots_as_of", "plots_source", "tenants_as_of", "tenants_source", "contact_office",
            "contact_phone", "contact_email", "contact_website", "updated_at", "closed_on", "areas",
            "utilities", "tenants", "documents", "inside",
        ]  # fmt: skip


class ProjectRowSerializer(RecordSerializer):
    """A national strategic project that is no zone, as it stands in a list."""

    url = LinkField("project-detail", source="number")
    map_latitude, map_longitude = _figure("Degrees; see `map_point`."), _figure("Degrees; see `map_point`.")

    class Meta:
        model = Zone
        fields = [
            "id", "number", "url", "version", "origin",
            "slug", "name", "also_known_as", "regency", "regency_name", "districts", "project_stage", "project_basis",
            "project_basis_en", "stage", "stage_on", "stage_note", "stage_note_en", "stage_source", "map_latitude",
            "map_longitude", "map_point", "verified_at",
        ]  # fmt: skip


class ProjectSerializer(ProjectRowSerializer):
    """One project; `inside` only for those whose reach includes it."""

    photo_url = PhotoField(source="photo")

    class Meta:
        model = Zone
        fields = [
            *ProjectRowSerializer.Meta.fields,
            "manager", "manager_source", "summary_id", "summary_en", "photo_url", "contact_office", "contact_phone",
            "contact_email", "contact_website", "updated_at", "closed_on", "inside",
        ]  # fmt: skip


class PlotSerializer(RowSerializer):
    """What is known of a plot: the properties of its feature."""

    hectares = _figure("ha, as stated.")
    as_of = serializers.DateField(source="zone.plots_as_of", read_only=True, allow_null=True)
    source = text_of("zone.plots_source", allow_blank=True)
    outline = OutlineValue()

    class Meta:
        model = Plot
        fields = [
            "key", "url", "zone", "zone_name", "code", "hectares", "state", "terms", "as_of", "source", "closed_on",
            "outline",
        ]  # fmt: skip


class PlotPropertiesSerializer(PlotSerializer):
    """The properties of a plot's feature."""

    class Meta(PlotSerializer.Meta):
        fields = [name for name in PlotSerializer.Meta.fields if name != "outline"]


class PlotFeatureSerializer(serializers.Serializer):
    """A plot as a GeoJSON feature."""

    type = serializers.ChoiceField(choices=[("Feature", "Feature")])
    id = serializers.UUIDField()
    geometry = OutlineValue()
    properties = PlotPropertiesSerializer()


class MilestoneRowSerializer(RecordSerializer):
    """A milestone as it stands in a list."""

    weight, percent = _figure("Percent of the zone."), _figure("Percent done.")
    photo_url = PhotoField(source="photo")

    class Meta:
        model = Milestone
        fields = [
            "id", "number", "url", "version", "origin",
            "zone", "zone_name", "name", "regency", "regency_name", "weight",
            "planned_start", "planned_finish", "baseline_number", "baseline_on", "percent", "progress_on",
            "actual_start", "actual_finish", "photo_url", "verified_at",
        ]  # fmt: skip


class MilestoneSerializer(MilestoneRowSerializer):
    """One milestone; `inside` only for those whose reach includes it."""

    class Meta:
        model = Milestone
        fields = [*MilestoneRowSerializer.Meta.fields, "updated_at", "closed_on", "inside"]


class ZoneIssueSerializer(RecordSerializer):
    """An issue of a zone. All of it is inside."""

    class Meta:
        model = ZoneIssue
        fields = [
            "id", "number", "url", "version", "origin",
            "zone", "zone_name", "regency", "regency_name", "kind", "description",
            "agency", "opened_on", "due_on", "light", "state", "resolution", "settled_on", "verified_at",
            "updated_at", "closed_on",
        ]  # fmt: skip


class PartnershipRowSerializer(RecordSerializer):
    """A partnership as it stands in a list: `supplier` supplies either `buyer` or `buyer_tenant` (of a zone)."""

    supplier = text_of("supplier.number", help_text="Register number of the establishment that supplies.")
    buyer = text_of(
        "buyer.number", allow_null=True, help_text="Register number of the establishment that buys, or null."
    )
    zone = text_of("buyer_tenant.zone.number", allow_null=True, help_text="The zone of that tenant, or null.")
    commodity_name = text_of("commodity.name_id", help_text="In Indonesian.")

    class Meta:
        model = Partnership
        fields = [
            "id", "number", "url", "version", "origin", "supplier", "supplier_name", "buyer", "buyer_name",
            "buyer_tenant", "buyer_tenant_name", "zone", "commodity", "commodity_name", "regency", "regency_name",
            "since", "until", "verified_at",
        ]  # fmt: skip


class PartnershipSerializer(PartnershipRowSerializer):
    """One partnership; `inside` only for those whose reach includes its supplier."""

    class Meta:
        model = Partnership
        fields = [*PartnershipRowSerializer.Meta.fields, "updated_at", "closed_on", "inside"]
