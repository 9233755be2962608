"""What the API says of figures."""

from rest_framework import serializers


class FigureRowSerializer(serializers.Serializer):
    """A figure as it stands in the list: a register, and the dimension that it is counted by."""

    name = serializers.CharField(help_text="`register.dimension`, as in the address.")
    url = serializers.URLField()
    register = serializers.CharField(help_text="The slug of the register whose open records are counted.")
    dimension = serializers.CharField()
    title = serializers.CharField(help_text="In the language asked for.")


class CountSerializer(serializers.Serializer):
    """How many records have one value of the dimension."""

    code = serializers.CharField(help_text="The value, as the filter of the list takes it.")
    label = serializers.CharField(help_text="In the language asked for, where there is a name in it.")
    number = serializers.IntegerField()


class FigureSerializer(FigureRowSerializer):
    """A figure as it stands now. A record may have several values of a dimension (commodities), or none."""

    parameter = serializers.CharField(help_text="The filter of the register's list that takes the codes.")
    whole = serializers.IntegerField(help_text="All open records of the register.")
    unchecked = serializers.IntegerField(help_text="Those of them from an older system that nobody has checked.")
    rows = CountSerializer(many=True)
