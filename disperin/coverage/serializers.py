"""What the API says of tasks about lines of lists, and what it takes for giving them."""

from rest_framework import serializers

from disperin.coverage.models import OutsideTask
from disperin.registers.api.serializers import LinkField, WholeNumberField, text_of
from disperin.tasks.serializers import MOST_AT_ONCE, OF_EVERY_TASK, AssignmentSerializer, TaskRowSerializer


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
