"""What the API takes for an inquiry, and what everybody may read of one."""

from rest_framework import serializers

from disperin.inquiries.models import LONGEST_MESSAGE, Inquiry, Kind, Start, Topic, YesNo
from disperin.registers.api.serializers import LinkField, RowSerializer


def _optional(most: int, help_text: str) -> serializers.CharField:
    return serializers.CharField(required=False, default="", allow_blank=True, max_length=most, help_text=help_text)


def _needed(unit: str) -> serializers.DecimalField:
    help_text = f"{unit} that an investor needs; only of questions about a zone."
    return serializers.DecimalField(
        required=False, default=None, allow_null=True, max_digits=12, decimal_places=2, help_text=help_text
    )


class NewInquirySerializer(serializers.Serializer):
    """A report of wrong data, a question, or a request about personal data.

    What you write of yourself is for the office alone, and erased later.
    """

    kind = serializers.ChoiceField(choices=Kind.choices)
    register = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=40, help_text="Slug of the record's register."
    )
    record = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=20, help_text="Register number of a public record."
    )
    topic = serializers.ChoiceField(
        choices=Topic.choices,
        required=False,
        default="",
        allow_blank=True,
        help_text="Of reports, what is wrong; of requests about personal data, what is asked for.",
    )
    message = _optional(LONGEST_MESSAGE, "Needed, unless a question about a zone says what is needed.")
    plot = _optional(40, "Code of a plot of the zone that is asked about.")
    company = _optional(150, "Only of questions about a zone.")
    sector = _optional(150, "What is to be made, or its class of KBLI; only of questions about a zone.")
    land_ha, power_mw, water_m3_day = _needed("ha"), _needed("MW"), _needed("m³ a day")
    port = serializers.ChoiceField(
        choices=YesNo.choices, required=False, default="", allow_blank=True, help_text="Whether a port is needed."
    )
    start = serializers.ChoiceField(
        choices=Start.choices, required=False, default="", allow_blank=True, help_text="When building is to begin."
    )
    sender_name = serializers.CharField(required=False, default="", allow_blank=True, max_length=120)
    email = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=254,
        help_text="All but reports need it, or a telephone.",
    )
    phone = serializers.CharField(required=False, default="", allow_blank=True, max_length=30)
    consented = serializers.BooleanField(
        required=False,
        default=False,
        help_text="True if the office may use name and contact to answer this inquiry; needed with either.",
    )


class InquirySerializer(RowSerializer):
    """How an inquiry stands. Who sent it and what they wrote is not told."""

    url = LinkField("inquiry-detail", source="number")

    class Meta:
        model = Inquiry
        fields = [
            "number", "url", "kind", "register", "record_number", "state", "received_at", "reply_due_on",
            "answer_due_on", "replied_at", "mended_at", "ended_at", "answer",
        ]  # fmt: skip
        read_only_fields = fields
