"""What the API says of awards and of the check of a label: public fields only. And of nominations, to the office."""

from rest_framework import serializers

from disperin.registers.api.serializers import PhotoField, RecordSerializer, RowSerializer, text_of
from ovop import rules
from ovop.models import Award, Nomination, NominationPaper

STARS = "Out of `max_stars`, by the rule of `scheme`. Never compare, sort or add up stars of different schemes."


class AwardRowSerializer(RecordSerializer):
    """An award as it stands in a list."""

    product = serializers.UUIDField(source="product.key", read_only=True, help_text="Key of the product.")
    product_number = text_of("product.number", help_text="By which its page is found.")
    establishment = text_of("establishment.number", help_text="Register number of the maker.")
    group_name = text_of("group.name_id", help_text="In Indonesian.")
    year = serializers.IntegerField(source="round.year", read_only=True, help_text="Of the round.")
    scheme = text_of("grade.scheme_id", help_text="The rule by which the stars were awarded.")
    stars = serializers.IntegerField(read_only=True, help_text=STARS)
    max_stars = serializers.IntegerField(source="grade.scheme.max_stars", read_only=True)
    stands = serializers.ChoiceField(choices=rules.AwardState.choices, read_only=True, help_text="The state today.")
    photo_url = PhotoField(source="product.photo", help_text="Public address of the product's picture, or null.")

    class Meta:
        model = Award
        fields = [
            "id", "number", "url", "version", "origin",
            "product", "product_number", "product_name", "establishment", "establishment_name",
            "regency", "regency_name", "group", "group_name", "round", "year", "scheme", "stars", "max_stars", "grade",
            "decree_number", "decree_on", "certificate_number", "valid_until", "state", "state_on", "stands",
            "photo_url", "verified_at",
        ]  # fmt: skip


class AwardSerializer(AwardRowSerializer):
    """One award; `inside` only for those whose reach includes it."""

    class Meta:
        model = Award
        fields = [*AwardRowSerializer.Meta.fields, "updated_at", "closed_on", "inside"]


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
    verified_at = serializers.DateTimeField(
        allow_null=True, help_text="When this version was verified; null where it was not."
    )
    published_at = serializers.DateTimeField(allow_null=True, help_text="When this version was published.")
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

    verdict = serializers.ChoiceField(choices=[(verdict.value, verdict.label) for verdict in rules.Verdict])
    meaning = serializers.CharField(help_text="The verdict in words, in the language asked for.")
    origin = serializers.URLField(help_text="What the address of a genuine label begins with.")
    claim = LabelSaysSerializer(help_text="What the label itself says.")
    award = CheckedAwardSerializer(allow_null=True, help_text="null while the office hides it from the public.")


class NominationRowSerializer(RecordSerializer):
    """A nomination as it stands in a list; only the office reads it."""

    product = serializers.UUIDField(source="product.key", read_only=True, help_text="Key of the product.")
    product_number = text_of("product.number", help_text="By which its page is found.")
    establishment = text_of("establishment.number", help_text="Register number of the maker.")
    group_name = text_of("group.name_id", help_text="In Indonesian.")
    year = serializers.IntegerField(source="round.year", read_only=True, help_text="Of the round.")
    assessments_in = serializers.IntegerField(read_only=True, help_text="How many of two have been handed in.")

    class Meta:
        model = Nomination
        fields = [
            "id", "number", "url", "version", "origin",
            "product", "product_number", "product_name", "establishment", "establishment_name",
            "regency", "regency_name", "group", "group_name", "round", "year", "stage", "stage_on", "assessments_in",
            "result", "stars", "decree_number", "decree_on", "verified_at",
        ]  # fmt: skip


class PaperSerializer(RowSerializer):
    """A paper of the checklist, with the address of its scan."""

    item = text_of("item_id", help_text="Key of the item of the checklist.")
    file = serializers.UUIDField(source="file_id", read_only=True, allow_null=True, help_text="Id of the attachment.")

    class Meta:
        model = NominationPaper
        fields = ["key", "item", "number", "file"]


class MarkSerializer(serializers.Serializer):
    """Points for one criterion."""

    criterion = serializers.CharField(help_text="Key of the criterion.")
    points = serializers.IntegerField()
    most = serializers.IntegerField(help_text="Points to reach.")
    weight = serializers.IntegerField()


class AssessmentSerializer(serializers.Serializer):
    """What one assessor gave. Until both are in, each is shown only to whoever handed it in."""

    assessor = serializers.CharField()
    total = serializers.FloatField(help_text="0 to 100.")
    comment = serializers.CharField(allow_blank=True)
    handed_in_at = serializers.DateTimeField()
    marks = MarkSerializer(many=True)


class NominationSerializer(NominationRowSerializer):
    """One nomination with its papers and those assessments that the caller may see."""

    papers = PaperSerializer(many=True, read_only=True)
    assessments = AssessmentSerializer(many=True, read_only=True)
    gap = serializers.FloatField(
        source="*", read_only=True, allow_null=True, help_text="Between the two totals; null until both are in."
    )

    class Meta:
        model = Nomination
        fields = [
            *NominationRowSerializer.Meta.fields, "uniqueness", "materials", "continuity", "gap", "gap_note", "papers",
            "assessments", "created_at", "updated_at", "closed_on", "closed_reason",
        ]  # fmt: skip
