"""What the API says of figures."""

from drf_spectacular.utils import extend_schema_serializer
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


class GivenSerializer(serializers.Serializer):
    """How many establishments state more than nothing of each."""

    workers_male = serializers.IntegerField()
    workers_female = serializers.IntegerField()
    investment = serializers.IntegerField()
    land_building_value = serializers.IntegerField()
    capital = serializers.IntegerField()
    annual_sales = serializers.IntegerField()


class InsideTotalSerializer(serializers.Serializer):
    """Open establishments, and what they state, added up; money in Rupiah."""

    units = serializers.IntegerField(help_text="Establishments.")
    without_nib = serializers.IntegerField(help_text="Those of them without NIB.")
    workers_male = serializers.IntegerField()
    workers_female = serializers.IntegerField()
    investment = serializers.IntegerField(help_text="Without land and building.")
    land_building_value = serializers.IntegerField()
    capital = serializers.IntegerField()
    annual_sales = serializers.IntegerField()
    given = GivenSerializer()


class InsideRowSerializer(InsideTotalSerializer):
    """A group with its sums."""

    code = serializers.CharField()
    label = serializers.CharField(help_text="In the language asked for, where there is a name in it.")


@extend_schema_serializer(many=False)  # what is read at a list's address is one table
class InsideSumsSerializer(serializers.Serializer):
    """Sums of the establishments within reach, as they stand now."""

    by = serializers.CharField(help_text="What they are grouped by.")
    title = serializers.CharField(help_text="The same in the language asked for.")
    rows = InsideRowSerializer(many=True, help_text="Groups that hold anybody.")
    total = InsideTotalSerializer()


class OutsideCountSerializer(serializers.Serializer):
    """How many makers somebody else counted."""

    number = serializers.IntegerField()
    counted_on = serializers.DateField()
    what = serializers.CharField(help_text="In the language asked for.")
    source = serializers.CharField()
    source_url = serializers.URLField(allow_blank=True)


class LeagueRowSerializer(serializers.Serializer):
    """A regency in the league of data quality. Percents are whole ones; null is not known, or not told."""

    code = serializers.CharField(help_text="Of the regency or city.")
    name = serializers.CharField()
    page = serializers.URLField(help_text="The page of the regency.")
    rank = serializers.IntegerField(allow_null=True, help_text="Null below ten records; the same points share a rank.")
    points = serializers.IntegerField(
        allow_null=True, help_text="Mean of the measures that are known, by their weights."
    )
    records = serializers.IntegerField(help_text="Open records of makers.")
    coverage = serializers.IntegerField(allow_null=True, help_text="Null where nobody has entered an outside count.")
    outside = OutsideCountSerializer(allow_null=True)
    completeness = serializers.IntegerField(allow_null=True)
    freshness = serializers.IntegerField(allow_null=True)
    score = serializers.IntegerField(allow_null=True, help_text="Mean score of its records, 0 to 100.")
    returns = serializers.IntegerField(allow_null=True, help_text="Share of the decided rounds that were returned.")
    days = serializers.FloatField(allow_null=True, help_text="Mean days from handing in to the decision.")
    as_of = serializers.DateField()


class LeagueMonthSerializer(serializers.Serializer):
    """A regency as it stood when a month was marked. Percents are whole ones; null is not known, or not told."""

    month = serializers.DateField(help_text="Its first day.")
    marked_on = serializers.DateField(help_text="The day of which all this is.")
    code = serializers.CharField(help_text="Of the regency or city.")
    regency = serializers.CharField(help_text="Its name.")
    records = serializers.IntegerField(help_text="Open records of makers.")
    completeness = serializers.IntegerField(allow_null=True)
    freshness = serializers.IntegerField(allow_null=True)
    score = serializers.IntegerField(allow_null=True, help_text="Mean score of its records, 0 to 100.")
    returns = serializers.IntegerField(allow_null=True, help_text="Share of the decided rounds that were returned.")
    days = serializers.FloatField(allow_null=True, help_text="Mean days from handing in to the decision.")


class DifferenceSerializer(serializers.Serializer):
    """What a record said before and after, in words."""

    field = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class ListChangeSerializer(serializers.Serializer):
    """A record that came into the list, or left it."""

    number = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField(help_text="Its page as of the day on which the list held it; empty where it has none.")
    came = serializers.BooleanField(help_text="Whether it came; else it left.")
    why = serializers.ChoiceField(
        ["new", "shown", "reopened", "changed", "judged", "closed", "merged", "away"],
        help_text="`judged`: nothing in it changed, but what the filter asks of it.",
    )
    reason = serializers.CharField(help_text="The same in the language asked for.")
    differences = DifferenceSerializer(many=True)
    into = serializers.CharField(allow_blank=True, help_text="The number of the record that it was merged into.")


class ChangesSerializer(serializers.Serializer):
    """Why the number of a list changed: `before + came − left = after`."""

    before = serializers.IntegerField()
    came = serializers.IntegerField()
    left = serializers.IntegerField()
    after = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    results = ListChangeSerializer(many=True)
