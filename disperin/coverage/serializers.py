"""What the API says of other offices' lists, of their lines and of tasks about these."""

from collections.abc import Iterable
from typing import Any, TypeAlias, cast

from rest_framework import serializers
from rest_framework.request import Request

from disperin.accounts.models import User
from disperin.coverage.models import OutsideLine, OutsideList, OutsideTask
from disperin.coverage.models.outside_list import as_read
from disperin.coverage.rules import Differs, Outcome
from disperin.registers.api.serializers import LinkField, RowSerializer, WholeNumberField, text_of
from disperin.tasks.serializers import MOST_AT_ONCE, OF_EVERY_TASK, AssignmentSerializer, TaskRowSerializer

Names: TypeAlias = list[str]  # a field of these serializers is called `list`
Told: TypeAlias = list[dict[str, Any]]


class OutsideListSerializer(RowSerializer):
    """A list of another office, and what its lines turned out to be when it was compared last."""

    url = LinkField("outsidelist-detail", source="id")
    regency_name = text_of("regency.name", help_text="Empty for a list of the whole province.")
    counts = serializers.DictField(
        child=serializers.IntegerField(), read_only=True,
        help_text=f"How many of its lines within your reach turned out to be what: {', '.join(Outcome.values)}.",
    )  # fmt: skip

    class Meta:
        model = OutsideList
        fields = [
            "id", "url", "kind", "regency", "regency_name", "listed_on", "source", "branch", "made_at", "compared_at",
            "counted_at", "counts",
        ]  # fmt: skip
        read_only_fields = fields

    @classmethod
    def told(cls, rows: Iterable[dict[str, Any]], request: Request) -> Told:
        """As of RowSerializer; of lines elsewhere not even how many there are."""
        user = cast(User, request.user)  # visitors read none
        counted = [row | {"counts": dict(OutsideList(counts=row["counts"]).counted(user))} for row in rows]
        return super().told(counted, request)


class OutsideLineSerializer(RowSerializer):
    """A line of such a list, or a record that it lacks (`missing`, without `number`)."""

    url = LinkField("outsideline-detail", source="id")
    list = serializers.IntegerField(source="outside_list_id", read_only=True, help_text="The `id` of its list.")
    number = serializers.IntegerField(read_only=True, allow_null=True, help_text="Its row, as the spreadsheet counts.")
    name = serializers.CharField(read_only=True, help_text="As the list has it.")
    regency_name = text_of("regency.name", help_text="Empty where nobody knows where it lies.")
    village_name = text_of("village.name")
    record_number = serializers.CharField(
        read_only=True, help_text="Which record it is about; empty where none was found, or out of your reach."
    )
    differs = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text=f"Of {', '.join(Differs.values)}."
    )
    rivals = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()), read_only=True,
        help_text="Of a doubtful line: which records within your reach it may be about.",
    )  # fmt: skip

    class Meta:
        model = OutsideLine
        fields = [
            "id", "url", "list", "number", "outcome", "matched_by", "name", "nib", "certificate", "regency",
            "regency_name", "village", "village_name", "record_number", "differs", "rivals", "problem",
        ]  # fmt: skip
        read_only_fields = fields

    @classmethod
    def columns(cls) -> Names:
        """As of RowSerializer, with what says whether a record may be told of."""
        return [*super().columns(), "record_regency"]

    @classmethod
    def told(cls, rows: Iterable[dict[str, Any]], request: Request) -> Told:
        """As of RowSerializer; of a record elsewhere no more than that a line is about one."""
        return super().told([as_read(row, cast(User, request.user)) for row in rows], request)


class OutsideTaskSerializer(TaskRowSerializer):
    """A task about a line of another office's list: who is to find out what is right about it."""

    url = LinkField("outsidetask-detail", source="id")
    list = serializers.IntegerField(
        source="line.outside_list_id", read_only=True, help_text="Of which list; as in its page's address."
    )
    line_name = text_of("line.name", help_text="As the list has it.")
    outcome = text_of("line.outcome", help_text="What the line turned out to be.")

    class Meta:
        model = OutsideTask
        fields = [*OF_EVERY_TASK, "list", "line", "line_name", "outcome"]


class OutsideAssignmentSerializer(AssignmentSerializer):
    """Lines of lists, and who is to find out by when what is right about them."""

    lines = serializers.ListField(
        child=WholeNumberField(min_value=0, max_value=2**63 - 1), allow_empty=False, max_length=MOST_AT_ONCE,
        help_text="Each by its number in the portal: the parameter `line` of its page.",
    )  # fmt: skip
