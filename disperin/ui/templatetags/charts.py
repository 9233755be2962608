"""The component tags that draw figures. Like those of `ui`, each is one file in templates/components/."""

from django import template

from disperin.ui.charts import LineChart
from disperin.ui.flows import Flow
from disperin.ui.templatetags.ui.library import Given

register = template.Library()


@register.inclusion_tag("components/line_chart.html")
def line_chart(chart: LineChart, id: str, title: str, description: str = "") -> Given:  # noqa: A002 - HTML's word
    """A chart of `disperin.ui.charts` as SVG; the page loads css/charts.css and holds a table of the same figures."""
    return {"chart": chart, "id": id, "title": title, "description": description}


@register.inclusion_tag("components/flow.html")
def flow(picture: Flow, id: str, title: str, description: str = "") -> Given:  # noqa: A002 - HTML's word
    """A picture of `disperin.ui.flows` as SVG, each box a link; the page loads css/charts.css and holds a table too."""
    return {"flow": picture, "id": id, "title": title, "description": description}
