"""What the API says of awards and of the check of a label: public fields only."""

from rest_framework import serializers

from disperin.registers.serializers import LinkField, PhotoField, RecordSerializer
from ovop import rules
from ovop.models import Award

STARS = "Out of `max_stars`, by the rule of `scheme`. Never compare, sort or add up stars of different schemes."


def _of(source, **options):
    return serializers.CharField(source=source, read_only=True, **options)


class AwardRowSerializer(RecordSerializer):
    """An award as it stands in a list."""

    url = LinkField("award-detail", source="number")
    product = serializers.UUIDField(source="product.key", read_only=True, help_text="Key of the product.")
    product_name = _of("product.name")
    establishment = _of("establishment.number", help_text="Register number of the maker.")
    establishment_name = _of("establishment.name")
    regency_name = _of("regency.name")
    group_name = _of("group.name_id", help_text="In Indonesian.")
    year = serializers.IntegerField(source="round.year", read_only=True, help_text="Of the round.")
    scheme = _of("grade.scheme_id", help_text="The rule by which the stars were awarded.")
    stars = serializers.IntegerField(read_only=True, help_text=STARS)
    max_stars = serializers.IntegerField(source="grade.scheme.max_stars", read_only=True)
    photo_url = PhotoField(source="product.photo", help_text="Public address of the product's picture, or null.")

    class Meta:
        model = Award
        fields = [
            "id", "number", "url", "version", "product", "product_name", "establishment", "establishment_name",
            "regency", "regency_name", "group", "group_name", "round", "year", "scheme", "stars", "max_stars", "grade",
            "decree_number", "decree_on", "certificate_number", "valid_until", "state", "state_on", "photo_url",
            "verified_at",
        ]  # fmt: skip
        read_only_fields = fields


class InsideOfAwardSerializer(serializers.ModelSerializer):
    """What only those see whose reach includes the award."""

    class Meta:
        model = Award
        fields = [*Award.audience.inside, *Award.audience.masked]
        read_only_fields = fields


class AwardSerializer(AwardRowSerializer):
    """One award; `inside` only for those whose reach includes it."""

    inside = InsideOfAwardSerializer(read_only=True, required=False)

    class Meta:
        model = Award
        fields = [*AwardRowSerializer.Meta.fields, "updated_at", "closed_on", "inside"]
        read_only_fields = fields


class CheckedAwardSerializer(serializers.Serializer):
    """The award of a label as the register has it now. No personal data."""

    number = serializers.CharField()
    product_name = serializers.CharField()
    maker = serializers.CharField()
    regency_name = serializers.CharField()
    stars = serializers.IntegerField(help_text=STARS)
    max_stars = serializers.IntegerField()
    scheme = serializers.CharField()
    decree_number = serializers.CharField()
    decree_on = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=rules.AwardState.choices, help_text="As of today.")
    state_on = serializers.DateField(allow_null=True)
    verified_at = serializers.DateTimeField(allow_null=True, help_text="When the office verified this last.")
    url = serializers.URLField(help_text="Its page.")


class LabelSaysSerializer(serializers.Serializer):
    """What a label claims, signed."""

    key_id = serializers.CharField()
    number = serializers.CharField()
    stars = serializers.IntegerField(help_text=STARS)
    scheme = serializers.CharField()
    issued_on = serializers.DateField(help_text="Date of the decree.")


class CheckSerializer(serializers.Serializer):
    """The outcome of a check. An altered token is answered with 400, an unknown one with 404."""

    verdict = serializers.ChoiceField(choices=[(one.value, one.label) for one in rules.Verdict])
    meaning = serializers.CharField(help_text="The verdict in words, in the language asked for.")
    origin = serializers.URLField(help_text="What the address of a genuine label begins with.")
    claim = LabelSaysSerializer(help_text="What the label itself says.")
    award = CheckedAwardSerializer()
