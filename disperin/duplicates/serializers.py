"""What the API says of two records that may be one, and what it takes for deciding about them."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from disperin.duplicates.side_by_side import carried_by, left_in_words
from disperin.registers.api.serializers import LinkField, RowSerializer, WholeNumberField, text_of
from disperin.registers.models import DuplicatePair, Merge, Record
from disperin.registers.record.directory import Register
from disperin.registers.record.likeness import Reason
from disperin.registers.values.changes import same
from disperin.registers.values.kept_texts import KeptTextField
from disperin.submissions import own_words
from disperin.submissions.serializers.answers import masked


class PairRowSerializer(RowSerializer):
    """Two records that may be one, as they stand in a list; `first` is the older one."""

    url = LinkField("pair-detail", source="id")
    regency_name = text_of("regency.name")
    second_regency_name = text_of("second_regency.name")
    score = serializers.IntegerField(read_only=True, help_text="Likeness, 0 to 100.")
    reasons = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text=f"The weightiest first: {', '.join(Reason.values)}."
    )
    named_by = serializers.CharField(
        source="named_by.full_name", read_only=True, allow_null=True, help_text="Who said it; null: the search did."
    )
    decided_by = text_of("decided_by.full_name", allow_null=True)

    class Meta:
        model = DuplicatePair
        fields = [
            "id", "url", "register", "first_number", "first_name", "regency", "regency_name", "second_number",
            "second_name", "second_regency", "second_regency_name", "score", "reasons", "state", "found_at",
            "named_by", "named_why", "decided_by", "decided_at", "note",
        ]  # fmt: skip
        read_only_fields = fields

    @classmethod
    def told(cls, rows: Iterable[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
        """As of RowSerializer; a note that the portal wrote is said in the reader's language."""
        return [row | {"note": own_words.said(row["note"])} for row in super().told(rows, request)]


class SideSerializer(serializers.Serializer):
    """One field of both records. Masked values are masked."""

    name = serializers.CharField(help_text="For `choices` of a merge; a part, such as `products`, cannot be chosen.")
    label = serializers.CharField(help_text="The field in words, in the language asked for.")
    first = serializers.JSONField(help_text="Of the first record, canonical; of a part its open rows with their keys.")
    second = serializers.JSONField()
    differs = serializers.BooleanField()


class CarriedSerializer(serializers.Serializer):
    """What was carried over from the closed record, and how much of it."""

    what = serializers.CharField()
    rows = serializers.IntegerField()


class MergeSerializer(serializers.ModelSerializer):
    """What became of a pair that was merged."""

    merged_by = text_of("merged_by.full_name")
    undone_by = text_of("undone_by.full_name", allow_null=True, default=None)
    carried = serializers.SerializerMethodField()
    left = serializers.SerializerMethodField()

    class Meta:
        model = Merge
        fields = [
            "kept_number", "dropped_number", "kept_submission", "choices", "carried", "merged_by", "merged_at",
            "undone_by", "undone_at", "left",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_left(self, made: Merge) -> list[str]:
        """What an undoing left as it is, in the language asked for: it was changed since."""
        return left_in_words(made)

    @extend_schema_field(CarriedSerializer(many=True))
    def get_carried(self, made: Merge) -> list[dict[str, Any]]:
        """By what it is called."""
        return [{"what": what, "rows": rows} for what, rows in carried_by(made)]


class PairSerializer(PairRowSerializer):
    """A pair with both records side by side, and what may be done with it now."""

    first_version = serializers.IntegerField(read_only=True, help_text="A merge names the versions that were read.")
    second_version = serializers.IntegerField(read_only=True)
    fields_of_both = SideSerializer(many=True, read_only=True)
    merge = MergeSerializer(read_only=True, allow_null=True, help_text="The last one; null: never merged.")
    steps = serializers.ListField(
        child=serializers.ChoiceField(["merge", "dismiss", "unmerge"]),
        read_only=True,
        help_text="What you may do now.",
    )

    class Meta(PairRowSerializer.Meta):
        fields = [
            *PairRowSerializer.Meta.fields, "first_version", "second_version", "fields_of_both", "merge", "steps",
        ]  # fmt: skip
        read_only_fields = fields


class NamingSerializer(serializers.Serializer):
    """Two records that somebody knows to be one."""

    first = serializers.CharField(max_length=40, help_text="A register number.")
    second = serializers.CharField(max_length=40, help_text="The other one, of the same register.")
    why = KeptTextField(max_length=1000, allow_blank=True, help_text="How you know.")


class DismissalSerializer(serializers.Serializer):
    """They are two."""

    note = KeptTextField(max_length=1000, allow_blank=True, help_text="Why.")


class MergingSerializer(serializers.Serializer):
    """They are one: which of the two stands, and what it takes from the other."""

    keep = serializers.CharField(max_length=20, help_text="The number of the record that stands.")
    first_version = WholeNumberField(min_value=0, max_value=2_147_483_647)
    second_version = WholeNumberField(min_value=0, max_value=2_147_483_647)
    choices = serializers.ListField(
        child=serializers.CharField(max_length=80),
        required=False,
        default=list,
        max_length=500,
        help_text="The fields whose value is taken from the record that is closed.",
    )
    same_rows = serializers.DictField(
        child=serializers.CharField(max_length=40),
        required=False,
        default=dict,
        help_text="Rows of the closed record that the other has already: its key to the other's. The rest goes over.",
    )


def sides(register: Register, first: Record, second: Record) -> list[dict[str, Any]]:
    """Every field and part of two records, as `SideSerializer` says them."""
    form = register.form
    mine, theirs = (form.recorded(record) for record in (first, second))
    shown = [masked(form, values) for values in (mine, theirs)]
    return [
        {
            "name": name,
            "label": str(form.label_of(name, {})),
            "first": shown[0].get(name),
            "second": shown[1].get(name),
            "differs": not same(mine.get(name), theirs.get(name)),
        }
        for name in (*form.base_fields, *form.parts)
    ]
