"""What the API says of a submission. Masked values are masked everywhere."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from rest_framework import serializers
from rest_framework.request import Request

from disperin.accounts.models import User
from disperin.registers.api.problems import FieldErrorSerializer, by_path
from disperin.registers.api.serializers import LinkField, RowSerializer, ShownSerializer, text_of
from disperin.registers.gate.forms import RecordForm
from disperin.registers.models import Record
from disperin.registers.values.audience import mask
from disperin.registers.values.changes import Conflict, differences, merge
from disperin.registers.values.terms import Path, Values
from disperin.submissions.actions.proposing import hindrances
from disperin.submissions.models import Submission, SubmissionRound
from disperin.submissions.workflow import OPEN, Status, Step, open_steps
from disperin.ui.texts import Text

EDITABLE = (Status.DRAFT, Status.RETURNED)


class SubmissionRowSerializer(RowSerializer):
    """A submission as it stands in a list."""

    url = LinkField("submission-detail", source="number")
    regency_name = text_of("regency.name")
    proposed_by = text_of("proposed_by.full_name")
    claimed_by = text_of("claimed_by.full_name", allow_null=True)
    decided_by = text_of("decided_by.full_name", allow_null=True)

    class Meta:
        model = Submission
        fields = [
            "id", "number", "url", "register", "kind", "record_id", "record_number", "title", "status", "regency",
            "regency_name", "revision", "round", "direct", "proposed_by", "created_at", "revised_at", "submitted_at",
            "claimed_by", "claimed_until", "decided_by", "decided_at",
        ]  # fmt: skip
        read_only_fields = fields


class RoundSerializer(ShownSerializer):
    """One time that it was handed in, with the answer."""

    submitted_by = serializers.CharField(read_only=True)
    decided_by = serializers.CharField(read_only=True, allow_null=True)
    values = serializers.DictField(read_only=True)
    reasons = serializers.DictField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = SubmissionRound
        fields = [
            "round", "values", "message", "submitted_by", "submitted_at", "outcome", "note", "reasons", "decided_by",
            "decided_at",
        ]  # fmt: skip
        read_only_fields = fields


class ChangeSerializer(serializers.Serializer):
    """One path that the submission changes."""

    path = serializers.CharField()
    label = serializers.CharField(help_text="The path in words, in the language asked for.")
    old = serializers.JSONField()
    new = serializers.JSONField()


class ConflictSerializer(serializers.Serializer):
    """One path that the submission and somebody else changed, to different values."""

    path = serializers.CharField()
    label = serializers.CharField()
    base = serializers.JSONField(help_text="What it was when the submission was begun.")
    proposed = serializers.JSONField()
    current = serializers.JSONField(help_text="What the register says now.")


class WarningSerializer(serializers.Serializer):
    """What looks odd; submitting needs it acknowledged."""

    path = serializers.CharField()
    message = serializers.CharField()


class SubmissionSerializer(SubmissionRowSerializer):
    """One submission with everything that a decision needs."""

    etag = serializers.CharField(read_only=True, help_text="For `If-Match`; changes with every edit and every step.")
    values = serializers.DictField(read_only=True, help_text="Canonical: decimal dots, ISO dates, keys of choices.")
    typed = serializers.DictField(read_only=True, help_text="By path: texts of a draft that were not understood.")
    base = serializers.DictField(read_only=True, help_text="What the record held when the submission was begun.")
    changes = ChangeSerializer(many=True, read_only=True)
    conflicts = ConflictSerializer(many=True, read_only=True)
    steps = serializers.ListField(child=serializers.ChoiceField(Step.choices), read_only=True)
    errors = serializers.DictField(
        child=FieldErrorSerializer(many=True), read_only=True, help_text="What still hinders submitting, by path."
    )
    warnings = WarningSerializer(many=True, read_only=True)
    reasons = serializers.DictField(child=serializers.CharField(), read_only=True)
    rounds = RoundSerializer(many=True, read_only=True)

    class Meta:
        model = Submission
        fields = [
            *SubmissionRowSerializer.Meta.fields,
            "etag", "message", "note", "reasons", "acknowledged", "values", "typed", "base", "base_version", "changes",
            "conflicts", "steps", "errors", "warnings", "rounds",
        ]  # fmt: skip
        read_only_fields = fields


def detail(submission: Submission, user: User, request: Request) -> dict[str, Any]:
    """Everything about one submission for this user, as JSON; within reach is asked by the caller."""
    form_class = submission.form_class
    record = submission.record()
    said = SubmissionRowSerializer.told([_row(submission)], request)[0]
    conflicting = conflicts(submission, _conflicts(submission, record))
    errors, warnings = _judgement(
        submission, record, user
    )  # binds the record to what is proposed: nothing reads it after
    return said | {
        "etag": submission.etag,
        "message": submission.message_in_words,
        "note": submission.note_in_words,
        "reasons": submission.reasons,
        "acknowledged": submission.acknowledged,
        "values": masked(form_class, submission.values),
        "typed": {path: shown(form_class, path, text) for path, text in submission.typed.items()},
        "base": masked(form_class, submission.base),
        "base_version": submission.base_version,
        "changes": [
            {
                "path": change.path,
                "label": _label(submission, change.path),
                "old": shown(form_class, change.path, change.old),
                "new": shown(form_class, change.path, change.new),
            }
            for change in differences(submission.base, submission.values, form_class.parts)
        ],
        "conflicts": conflicting,
        "steps": [str(step) for step in open_steps(submission, user)],
        "errors": errors,
        "warnings": warnings,
        "rounds": [
            _round(form_class, past_round)
            for past_round in submission.rounds.select_related("submitted_by", "decided_by")
        ],
    }


def conflicts(submission: Submission, conflicting: Iterable[Conflict]) -> list[dict[str, Any]]:
    """Conflicts of a merge as the API says them."""
    return [
        {
            "path": conflict.path,
            "label": _label(submission, conflict.path),
            **{
                name: shown(submission.form_class, conflict.path, getattr(conflict, name))
                for name in ("base", "proposed", "current")
            },
        }
        for conflict in conflicting
    ]


def masked(form_class: type[RecordForm], values: Values) -> Values:
    """Values with the masked ones masked, those of rows too."""
    said = {name: shown(form_class, name, value) for name, value in values.items()}
    for name in form_class.parts:
        if isinstance(said.get(name), list):
            said[name] = [shown(form_class, f"{name}.{row['key']}", row) for row in said[name]]
    return said


def shown(form_class: type[RecordForm], path: Path, value: Any) -> Any:
    """The value at a path (a field, a row, a field of a row), masked if it is to be."""
    name, _key, field = [*path.split("."), "", ""][:3]
    if name not in form_class.parts:
        return mask(value) if name in form_class._meta.model.audience.masked else value
    hidden = form_class.parts[name]._meta.model.audience.masked
    if field:
        return mask(value) if field in hidden else value
    if isinstance(value, dict):
        return {field_name: mask(inner) if field_name in hidden else inner for field_name, inner in value.items()}
    return value


def _row(submission: Submission) -> dict[str, Any]:
    """The columns of the row serializer, taken from the object at hand."""
    row = {}
    for column in SubmissionRowSerializer.columns():
        value = submission
        for name in column.split("__"):
            value = getattr(value, name, None)
        row[column] = value.pk if isinstance(value, Model) else value
    return row


def _judgement(
    submission: Submission, record: Record | None, user: User
) -> tuple[dict[Path, list[dict[str, Any]]], list[dict[str, Any]]]:
    if submission.status not in EDITABLE:
        return {}, []
    form = submission.form_class(submission.kept(), instance=record, by=user)
    if problems := hindrances(form, submission.proposed_by):
        return by_path(problems), []
    return {}, [{"path": path, "message": str(text)} for path, text in form.remarks()]


def _conflicts(submission: Submission, record: Record | None) -> list[Conflict]:
    if record is None or submission.status not in OPEN:
        return []
    current, _typed = submission.form_class(instance=record).entered()
    return merge(submission.base, submission.values, current, submission.form_class.parts).conflicts


def _label(submission: Submission, path: Path) -> Text:
    return str(submission.form_class.label_of(path, submission.values))


def _round(form_class: type[RecordForm], past_round: SubmissionRound) -> dict[str, Any]:
    return {
        "round": past_round.round,
        "values": masked(form_class, past_round.values),
        "message": past_round.message_in_words,
        "submitted_by": str(past_round.submitted_by),
        "submitted_at": past_round.submitted_at,
        "outcome": past_round.outcome,
        "note": past_round.note_in_words,
        "reasons": past_round.reasons,
        "decided_by": past_round.decided_by and str(past_round.decided_by),
        "decided_at": past_round.decided_at,
    }
