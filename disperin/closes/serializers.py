"""What the API says of quarter closes."""

from rest_framework import serializers


class CloseRowSerializer(serializers.Serializer):
    """A close as it stands in the list."""

    period = serializers.CharField(help_text="Year and quarter, such as `2026-3`, as in the address.")
    url = serializers.URLField()
    closed_at = serializers.DateTimeField(help_text="When the registers were read.")
    sha256 = serializers.CharField(help_text="The seal over head and figures; it stands in the close after.")
    previous = serializers.CharField(help_text="The seal of the close before; empty for the first.")


class ClosedFigureSerializer(serializers.Serializer):
    """A figure of a close."""

    dimension = serializers.CharField(
        help_text=(
            "`all`, `regency`, `branch`, `division`, `industry_scale`, `commodity`; of the quarterly reports of that "
            "quarter `reports` and `reports_regency`."
        )
    )
    code = serializers.CharField(allow_blank=True)
    label = serializers.CharField(help_text="What the group was called when the quarter was closed.")
    measure = serializers.CharField()
    value = serializers.IntegerField(allow_null=True, help_text="Null where it is hidden.")


class CloseCorrectionSerializer(serializers.Serializer):
    """What was corrected beside a close."""

    dimension = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    measure = serializers.CharField()
    value = serializers.IntegerField(help_text="As it was closed.")
    right_value = serializers.IntegerField(allow_null=True, help_text="Null for sums: the next close has it.")
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class CloseSerializer(CloseRowSerializer):
    """A close with what visitors read of its figures."""

    note = serializers.CharField(allow_blank=True)
    rules = serializers.DictField(child=serializers.CharField(), help_text="The rule sets of the three scales.")
    kbli = serializers.CharField(help_text="The version of KBLI in force.")
    unchecked = serializers.IntegerField(help_text="Establishments from an older system that nobody had checked.")
    figures = ClosedFigureSerializer(many=True)
    corrections = CloseCorrectionSerializer(many=True)
