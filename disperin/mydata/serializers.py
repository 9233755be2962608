"""What the API says of tasks to complete records, and what it takes for giving them."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from disperin.mydata.models import LackTask, told_lack
from disperin.registers.api.serializers import LinkField
from disperin.tasks.serializers import MOST_AT_ONCE, OF_EVERY_TASK, AssignmentSerializer, TaskRowSerializer


class LackTaskSerializer(TaskRowSerializer):
    """A task to complete a record: who sees to it that it has what it lacks."""

    url = LinkField("lacktask-detail", source="id")
    record = serializers.CharField(source="record_number", read_only=True, help_text="Its register number.")
    lack = serializers.CharField(read_only=True, help_text="Such as `nib`, `products`, `products.brand`.")
    lack_label = serializers.CharField(source="*", read_only=True, help_text="In words, in the language asked for.")

    class Meta:
        model = LackTask
        fields = [*OF_EVERY_TASK, "register", "record", "lack", "lack_label"]

    @classmethod
    def told(cls, rows: Iterable[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
        """As of RowSerializer, with what is missing in words."""
        said = super().told(rows, request)
        return [row | {"lack_label": str(told_lack(row["register"], row["lack"]))} for row in said]


class LackAssignmentSerializer(AssignmentSerializer):
    """Records of a register that lack a thing, and who is to see to it by when."""

    register = serializers.CharField(max_length=40, help_text="Such as `establishments`; see `registers`.")
    lack = serializers.CharField(max_length=80, help_text="A field that may be left empty, a part, or `part.field`.")
    records = serializers.ListField(
        child=serializers.CharField(max_length=20), allow_empty=False, max_length=MOST_AT_ONCE,
        help_text="Register numbers of open records that lack it.",
    )  # fmt: skip
