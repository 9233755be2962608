"""Boxes with a body of their own."""

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from disperin.ui.templatetags.ui.library import Given
from disperin.ui.texts import Text

from .library import component, component_tag, register


@register.simple_block_tag
def card(
    content: str, title: Text = "", url: str = "", heading: str = "h2", icon: str = "", tone: str = "", css: str = ""
) -> str:
    """A framed piece of a page."""
    shown = {"title": title, "url": url, "heading": heading, "icon": icon, "tone": tone, "css": css}
    return component("card", {"content": content, **shown})


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: Text = "", focus: bool = False) -> str:
    """A box that tells something; tone: info, success, warning, danger. With `focus` the page opens at it."""
    icons = {"success": "check-circle-fill", "warning": "exclamation-triangle", "danger": "exclamation-circle"}
    shown = {"tone": tone, "title": title, "icon": icons.get(tone, "info-circle"), "focus": focus}
    return component("notice", {"content": content, **shown})


@register.simple_block_tag
def fold(content: str, title: Text, open: bool = False) -> str:  # noqa: A002 - HTML's word
    """A piece that is folded until asked for."""
    return component("fold", {"content": content, "title": title, "open": open})


@register.simple_block_tag
def table(content: str, caption: Text = "", css: str = "", stacked: bool = True, caption_hidden: bool = True) -> str:
    """A table; `stacked` ones become one block per row on phones and need `data-label` on their cells."""
    shown = {"caption": caption, "css": css, "stacked": stacked, "caption_hidden": caption_hidden}
    return component("table", {"content": content, **shown})


@register.simple_block_tag
def summary_list(content: str, css: str = "") -> str:
    """Labels and values of one record."""
    return component("summary_list", {"content": content, "css": css})


@component_tag("summary_row")
def summary_row(label: Text, value: Any, note: Text = "", url: str = "", url_label: Text = "") -> Given:
    """A line of a summary list; an empty value shows a dash."""
    return {"label": label, "value": value, "note": note, "url": url, "url_label": url_label}


@register.simple_block_tag
def summary_item(content: str, label: Text, note: Text = "") -> str:
    """A line of a summary list with HTML of its own."""
    return component("summary_row", {"label": label, "value": content, "note": note})


@register.simple_block_tag
def timeline(content: str) -> str:
    """What happened, newest first."""
    return component("timeline", {"content": content})


@register.simple_block_tag
def timeline_item(
    content: str,
    title: Text,
    at: datetime.datetime | None = None,
    by: str = "",
    icon: str = "clock-history",
    tone: str = "",
) -> str:
    """One event of a timeline."""
    return component(
        "timeline_item", {"content": content, "title": title, "at": at, "by": by, "icon": icon, "tone": tone}
    )


@register.simple_block_tag
def filter_panel(content: str, active: int = 0, label: Text = "") -> str:
    """The filters of a list: a column on wide screens, a drawer on phones."""
    return component("filter_panel", {"content": content, "active": active, "label": label})


@register.simple_block_tag
def map_box(
    content: str,
    points: str = "",
    boundaries: str = "",
    shapes: str = "",
    label: Text = "",
    lat: float | Decimal | None = None,
    lon: float | Decimal | None = None,
    zoom: float | None = None,
    drawing: bool = False,
    ask: Text = "",
    picture: str = "",
) -> str:
    """A map; its body is shown where there is no JavaScript, with a `picture` or the place. `shapes` are outlines.

    `ask` is what the link of a shape that has an address to ask at is called.

    With `drawing` it goes nearer, and its boundaries are a ground to draw on (static/js/outline-map.js).
    """
    at = {"lat": "" if lat is None else str(lat), "lon": "" if lon is None else str(lon)}  # as text: never localised
    shown = {"points": points, "boundaries": boundaries, "shapes": shapes, "label": label, "zoom": zoom}
    shown |= {"picture": picture}
    shown |= {"bounds": ",".join(map(str, settings.PROVINCE.bounding_box))}  # south, west, north, east
    shown |= {"drawing": drawing, "ask": ask, "tiles": settings.MAP_TILES, "tiles_credit": settings.MAP_TILES_CREDIT}
    return component("map_box", {"content": content, **at, **shown})


@register.simple_block_tag
def sticky_bar(content: str, label: Text = "") -> str:
    """The actions of a form or review, always in sight."""
    return component("sticky_bar", {"content": content, "label": label})


@register.simple_tag
def map_assets() -> str:
    """The scripts a page with a map needs."""
    return component("map_assets")


@register.simple_tag
def map_styles() -> str:
    """The style sheets a page with a map needs."""
    return component("map_styles")
