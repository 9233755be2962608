"""What the API says of tasks and of those to whom they may be given, and what it takes for giving them."""

from rest_framework import serializers

from disperin.accounts.models import User
from disperin.registers.api.serializers import RowSerializer, WholeNumberField, text_of
from disperin.registers.values.kept_texts import KeptTextField
from disperin.tasks.actions import NOTE_LENGTH

MOST_AT_ONCE = 100  # things of one body
OF_EVERY_TASK = [
    "id", "url", "regency", "regency_name", "assigned_to", "assigned_to_name", "assigned_by_name", "due_on", "note",
    "created_at", "ended_on",
]  # fmt: skip


class TaskRowSerializer(RowSerializer):
    """A task: who is to see to what, by which day. Its fields are these, and what it is about."""

    assigned_to_name = text_of("assigned_to.full_name")
    assigned_by_name = text_of("assigned_by.full_name")


class AssignmentSerializer(serializers.Serializer):
    """Who is to see to it, and by which day."""

    to = WholeNumberField(help_text="The `id` of one of `colleagues`.")
    due_on = serializers.CharField(max_length=40, help_text="A day, today or later: `2026-12-31`.")
    note = KeptTextField(max_length=NOTE_LENGTH, required=False, allow_blank=True, default="")


class ColleagueSerializer(RowSerializer):
    """Somebody to whom tasks may be given."""

    class Meta:
        model = User
        fields = ["id", "full_name", "role", "regency", "regency_name"]
