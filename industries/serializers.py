"""What the API says of establishments, products, clusters and the classification: public fields only."""

from rest_framework import serializers

from disperin.registers.api.serializers import (
    PHOTO,
    LinkField,
    PhotoField,
    RecordSerializer,
    RowSerializer,
    text_of,
)
from disperin.tasks.serializers import MOST_AT_ONCE, OF_EVERY_TASK, AssignmentSerializer, TaskRowSerializer
from industries import rules
from industries.models import (
    Cluster,
    Establishment,
    GreenCertification,
    HalalCertification,
    HalalCover,
    HalalTask,
    KbliClass,
    Product,
)


class EstablishmentRowSerializer(RecordSerializer):
    """An establishment as it stands in a list."""

    kbli_title = text_of("kbli.title_id", help_text="In Indonesian, as the regulation has it.")
    cluster = text_of("cluster.number", allow_null=True, help_text="Register number of its cluster, or null.")
    public_latitude = serializers.FloatField(read_only=True, allow_null=True, help_text="Rounded unless consented.")
    public_longitude = serializers.FloatField(read_only=True, allow_null=True)
    photo_url = PhotoField(source="photo", help_text=PHOTO)

    class Meta:
        model = Establishment
        fields = [
            "id", "number", "url", "version", "origin", "name", "legal_form", "branch", "sector", "kbli", "kbli_title",
            "regency", "regency_name", "district", "district_name", "village", "village_name", "activity",
            "industry_scale", "cluster", "commodities", "public_point", "public_latitude", "public_longitude",
            "photo_url", "verified_at",
        ]  # fmt: skip


class ServiceRowSerializer(EstablishmentRowSerializer):
    """An industry service as it stands in a list."""

    url = LinkField("service-detail", source="number")


class ProductOfEstablishmentSerializer(RowSerializer):
    """A product as it stands with its establishment."""

    page_url = LinkField("industries:product-detail", source="number", help_text="Its page for people.")
    photo_url = PhotoField(source="photo", help_text=PHOTO)

    class Meta:
        model = Product
        fields = [
            "key", "number", "url", "page_url", "name", "brand", "category", "halal_category", "animal_origin",
            "goes_with_food", "risk_class", "forbidden_material", "description_id", "description_en", "unit", "kbli",
            "hs_code", "permits", "active", "photo_url",
        ]  # fmt: skip


class ProductRowSerializer(ProductOfEstablishmentSerializer):
    """A product as it stands in the list of all products."""

    establishment = text_of("establishment.number", help_text="Register number of its establishment.")
    regency = text_of("establishment.regency_id")
    regency_name = text_of("establishment.regency.name")

    class Meta:
        model = Product
        fields = [
            *ProductOfEstablishmentSerializer.Meta.fields,
            "establishment",
            "establishment_name",
            "regency",
            "regency_name",
            "closed_on",
        ]


class ProductSerializer(ProductRowSerializer):
    """One product; `inside` only for those whose reach includes its establishment."""

    class Meta:
        model = Product
        fields = [*ProductRowSerializer.Meta.fields, "inside"]


class EstablishmentSerializer(EstablishmentRowSerializer):
    """One establishment with its products; `inside` only for those whose reach includes it."""

    public_contact = serializers.DictField(
        read_only=True, allow_null=True, help_text="Telephone, e-mail, website and marketplaces, if consented; or null."
    )
    products = ProductOfEstablishmentSerializer(many=True, read_only=True)

    class Meta:
        model = Establishment
        fields = [
            *EstablishmentRowSerializer.Meta.fields,
            "kbli_group", "other_kbli", "cluster_name", "founded_year", "active_since", "story_id", "story_en",
            "public_contact", "updated_at", "closed_on", "products", "inside",
        ]  # fmt: skip


class ServiceSerializer(ServiceRowSerializer):
    """One industry service; `inside` only for those whose reach includes it."""

    public_contact = EstablishmentSerializer._declared_fields["public_contact"]

    class Meta:
        model = Establishment
        fields = [
            *ServiceRowSerializer.Meta.fields, "other_kbli", "founded_year", "active_since", "story_id", "story_en",
            "public_contact", "updated_at", "closed_on", "inside",
        ]  # fmt: skip


class ClusterRowSerializer(RecordSerializer):
    """A cluster as it stands in a list."""

    commodity_name = text_of("commodity.name_id", help_text="In Indonesian.")

    class Meta:
        model = Cluster
        fields = [
            "id", "number", "url", "version", "origin",
            "name", "commodity", "commodity_name", "regency", "regency_name",
            "village", "village_name", "status", "decree_number", "decree_on", "verified_at",
        ]  # fmt: skip


class ClusterSerializer(ClusterRowSerializer):
    """One cluster; its members are the establishments with `?cluster=<number>`."""

    members = serializers.IntegerField(read_only=True, help_text="Open establishments that belong to it.")

    class Meta:
        model = Cluster
        fields = [*ClusterRowSerializer.Meta.fields, "updated_at", "closed_on", "members", "inside"]


class HalalRowSerializer(RecordSerializer):
    """A halal certificate as it stands in a list."""

    establishment = text_of("establishment.number", help_text="Register number of its establishment.")

    class Meta:
        model = HalalCertification
        fields = [
            "id", "number", "url", "version", "origin",
            "certificate_number", "scheme", "issued_on", "valid_until", "revoked_on",
            "establishment", "establishment_name", "regency", "regency_name", "checked_on", "checked_by_office",
            "verified_at",
        ]  # fmt: skip


class CoveredProductSerializer(RowSerializer):
    """A product that the certificate covers."""

    key = serializers.UUIDField(source="product.key", read_only=True)
    number = text_of("product.number")
    name = text_of("product.name")
    url = LinkField("product-detail", source="product.key")

    class Meta:
        model = HalalCover
        fields = ["key", "number", "name", "url"]


class HalalSerializer(HalalRowSerializer):
    """One halal certificate with the products that it covers."""

    covered = CoveredProductSerializer(many=True, read_only=True)

    class Meta:
        model = HalalCertification
        fields = [*HalalRowSerializer.Meta.fields, "updated_at", "closed_on", "covered", "inside"]


class GreenRowSerializer(RecordSerializer):
    """A green-industry certificate as it stands in a list."""

    establishment = text_of("establishment.number", help_text="Register number of its establishment.")

    class Meta:
        model = GreenCertification
        fields = [
            "id", "number", "url", "version", "origin",
            "standard_number", "certificate_number", "issued_on", "valid_until",
            "revoked_on", "establishment", "establishment_name", "regency", "regency_name", "verified_at",
        ]  # fmt: skip


class GreenSerializer(GreenRowSerializer):
    """One green-industry certificate, and what it is worth today."""

    stands = serializers.ChoiceField(
        choices=rules.GreenState.choices, read_only=True, help_text="Its state today, in the province."
    )

    class Meta:
        model = GreenCertification
        fields = [*GreenRowSerializer.Meta.fields, "updated_at", "closed_on", "stands", "inside"]


class InsideOfHalalStatusSerializer(serializers.Serializer):
    """The whole judgement, for those whose reach includes the establishment."""

    state = serializers.ChoiceField(choices=rules.HalalState.choices)
    deadline = serializers.DateField(allow_null=True, help_text="The last day without duty.")
    overdue_days = serializers.IntegerField(help_text="Days since the deadline; counted also while in process.")
    citation = serializers.CharField(help_text="The regulation that the deadline comes from.")
    reason = serializers.CharField(help_text="In words, in the language asked for.")
    missing = serializers.ListField(child=serializers.CharField(), help_text="Facts without which it is not certain.")
    scheme = serializers.CharField(
        help_text="The path: `self_declare`, `reguler`, or empty if not known or without a duty."
    )
    scheme_missing = serializers.ListField(child=serializers.CharField(), help_text="What that path still asks for.")


class HalalStatusSerializer(serializers.Serializer):
    """The halal status of a product on a day: certified with number and date, exempt, or no certificate on record."""

    product = serializers.UUIDField()
    on = serializers.DateField()
    exempt = serializers.BooleanField(help_text="Made of forbidden material: it must say “tidak halal”.")
    certified = serializers.BooleanField()
    certificate_number = serializers.CharField(allow_null=True)
    issued_on = serializers.DateField(allow_null=True)
    inside = InsideOfHalalStatusSerializer(required=False)


class KbliReasonSerializer(serializers.Serializer):
    """Why everyday words may mean a class."""

    source = serializers.ChoiceField(
        [(name, name) for name in ("title", "kept", "products")],
        help_text="Its official title, a word that the office keeps, or what makers call their products.",
    )
    phrase = serializers.CharField()
    makers = serializers.IntegerField(help_text="How many makers say so, of products; else 0.")


class KbliSerializer(RowSerializer):
    """A class of KBLI, of any level."""

    url = LinkField("kbliclass-detail", source="key")
    source = serializers.CharField(
        read_only=True, help_text="Beyond section C: where the office read its title. Empty within it."
    )

    class Meta:
        model = KbliClass
        fields = ["key", "url", "version", "code", "title_id", "title_en", "level", "parent", "source"]


class KbliRowSerializer(KbliSerializer):
    """A class in a list; one that the words of `q` may mean says why, and stands before the others."""

    reason = KbliReasonSerializer(required=False)

    class Meta(KbliSerializer.Meta):
        fields = [*KbliSerializer.Meta.fields, "reason"]


class HalalTaskSerializer(TaskRowSerializer):
    """A halal task: who sees to it that a product comes to its certificate."""

    url = LinkField("halaltask-detail", source="id")
    product_number = text_of("product.number")
    establishment = text_of("product.establishment.number", help_text="The register number of its maker.")
    establishment_name = text_of("product.establishment.name")

    class Meta:
        model = HalalTask
        fields = [
            *OF_EVERY_TASK, "product", "product_number", "product_name", "establishment", "establishment_name",
        ]  # fmt: skip


class HalalAssignmentSerializer(AssignmentSerializer):
    """Products whose halal certificate somebody is to see to by a day."""

    products = serializers.ListField(
        child=serializers.CharField(max_length=40), allow_empty=False, max_length=MOST_AT_ONCE,
        help_text="Each by its number or its key; of those that are still made.",
    )  # fmt: skip
