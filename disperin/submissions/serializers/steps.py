"""What the API takes for each step of a submission."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from disperin.registers.api.serializers import WholeNumberField
from disperin.registers.values.kept_texts import KeptTextField
from disperin.registers.values.terms import Path
from disperin.submissions.models import Kind


class DraftSerializer(serializers.Serializer):
    """What begins a submission."""

    register = serializers.CharField(max_length=40, help_text="Such as `establishments`; see `registers`.")
    record_id = serializers.CharField(
        max_length=20, required=False, allow_null=True, help_text="Register number or id; absent for a new record."
    )
    kind = serializers.ChoiceField(Kind.choices, required=False, allow_null=True)
    values = serializers.DictField(
        required=False, help_text="As many fields as there are yet; see `registers`. A part that is named is replaced."
    )
    message = KeptTextField(max_length=1000, required=False, allow_blank=True)


class RevisionSerializer(serializers.Serializer):
    """What changes a draft or a returned submission; fields that are not named stay."""

    values = serializers.DictField(required=False)
    message = KeptTextField(max_length=1000, required=False, allow_blank=True)


class HandInSerializer(serializers.Serializer):
    """Handing in."""

    acknowledge_warnings = serializers.BooleanField(default=False, help_text="The proposer has seen the warnings.")


class WithdrawalSerializer(serializers.Serializer):
    """Taking back."""

    note = KeptTextField(max_length=1000, required=False, allow_blank=True, default="")


class OnRoundSerializer(serializers.Serializer):
    """A decision names the round that was read."""

    round = WholeNumberField(min_value=0, max_value=32767, help_text="The round that was read.")
    note = KeptTextField(max_length=1000, required=False, allow_blank=True, default="")


class DecisionSerializer(OnRoundSerializer):
    """A decision that gives no reasons by path; an empty object is fine."""

    reasons = serializers.DictField(child=KeptTextField(max_length=1000), required=False, default=dict)

    def validate_reasons(self, reasons: dict[Path, str]) -> dict[Path, str]:
        """Refused rather than lost."""
        if reasons:
            message = _("Only a return takes reasons by field. Say it in the note.")
            raise serializers.ValidationError(message, "return_only")
        return reasons

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Without the empty reasons."""
        asked.pop("reasons", None)
        return asked


class VerificationSerializer(DecisionSerializer):
    """Making it true."""

    choices = serializers.DictField(
        child=serializers.ChoiceField([("proposed", _("proposed")), ("current", _("current"))]),
        required=False,
        default=dict,
        help_text="By path of a conflict: which value stands.",
    )


class ReturnSerializer(OnRoundSerializer):
    """Sending back, with at least one reason."""

    reasons = serializers.DictField(
        child=KeptTextField(max_length=1000),
        required=False,
        default=dict,
        help_text="By path: what is to be mended.",
    )
