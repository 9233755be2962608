"""Small pieces of a page: icons, pills, buttons, days, photographs."""

import datetime
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disperin.ui import formats
from disperin.ui.addresses import addresses
from disperin.ui.templatetags.ui.library import Given
from disperin.ui.texts import Text

from .library import attributes, component_tag, register, same_again

# What each state of a submission is called and drawn with; the colour comes from the class `pill-<key>`
STATES = {
    "draft": (_("Draft"), "pencil"),
    "submitted": (_("Submitted"), "send"),
    "reviewing": (_("Under review"), "eye"),
    "returned": (_("Returned"), "arrow-return-left"),
    "verified": (_("Verified"), "check-circle-fill"),
    "rejected": (_("Rejected"), "x-circle"),
    "withdrawn": (_("Withdrawn"), "slash-circle"),
}


@register.simple_tag
def icon(name: str, label: Text = "", css: str = "") -> str:
    """A picture of static/img/icons.svg; hidden from screen readers unless it has a label."""
    return same_again("icon", name=name, label=label, css=css)


@register.simple_tag
def highlighted(text: str, words: Sequence[str]) -> SafeString:
    """A text in which the words that were looked for are marked, in whatever case."""
    if not words:
        return conditional_escape(text)
    looked_for = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pieces = re.split(f"({looked_for})", text, flags=re.IGNORECASE)
    marked = (format_html("<mark>{}</mark>", piece) if at % 2 else piece for at, piece in enumerate(pieces))
    return format_html_join("", "{}", ((piece,) for piece in marked))


@component_tag("money")
def money(value: int | None) -> Given:
    """An amount of Rupiah as in prose, with the full figure in its title."""
    return {"value": value}


@component_tag("when")
def when(value: datetime.datetime | None, style: str = "age") -> Given:
    """A day or moment as <time>; style: age, day, clock or moment."""
    shown = {"age": formats.age, "day": formats.day, "clock": formats.clock, "moment": formats.moment}[style](value)
    full = formats.moment(value) if hasattr(value, "hour") else formats.day(value)
    return {"value": value, "shown": shown, "full": full, "machine": value.isoformat() if value else ""}


@register.simple_tag
def pill(text: Text, tone: str = "neutral", icon: str = "") -> str:
    """A word in a coloured capsule; tone: neutral, info, success, warning, danger, brand."""
    return same_again("pill", text=text, tone=tone, icon=icon)


@component_tag("status_pill")
def status_pill(key: str, label: Text = "") -> Given:
    """The state of a submission: icon, word and colour."""
    word, drawn = STATES.get(str(key), (key, "question-circle"))
    return {"key": key if str(key) in STATES else "draft", "label": label or word, "icon": drawn}


@component_tag("link_button")
def link_button(url: str, label: Text, variant: str = "primary", icon: str = "", css: str = "", **attrs: Any) -> Given:
    """A link that looks like a button."""
    return {"url": url, "label": label, "variant": variant, "icon": icon, "css": css, "attrs": attributes(attrs)}


@component_tag("button")
def button(
    label: Text,
    variant: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    type: str = "submit",  # noqa: A002 - HTML's word
    css: str = "",
    **attrs: Any,
) -> Given:
    """A button; variant: primary, secondary, danger, quiet."""
    context = {"label": label, "variant": variant, "icon": icon, "name": name, "value": value, "type": type, "css": css}
    return {**context, "attrs": attributes(attrs)}


@component_tag("tile")
def tile(number: int | str, label: Text, url: str = "", icon: str = "", tone: str = "", note: Text = "") -> Given:
    """One figure of a summary, a link where there is a list behind it."""
    return {"number": number, "label": label, "url": url, "icon": icon, "tone": tone, "note": note}


@component_tag("photo")
def photo(
    url: str = "",
    alt: str = "",
    width: int = 640,
    height: int = 480,
    number: str = "",
    srcset: str = "",
    sizes: str = "",
    css: str = "",
    lazy: bool = True,
) -> Given:
    """A photograph, or the cloth of the record's number where there is none.

    What is not `lazy` is the largest thing of the first view, and fetched before the others.
    """
    further = {"srcset": srcset, "sizes": sizes} if url and srcset else {}
    further |= {"loading": "lazy"} if lazy else {"fetchpriority": "high"}
    return {
        "url": url or _motifs(get_language())(number or "IKM"),
        "alt": alt if url else "",
        "css": " ".join(filter(None, ("photo", "" if url else "photo-stand-in", css))),
        "attrs": attributes({"width": width, "height": height, **further}),
    }


@lru_cache
def _motifs(_language: str) -> Callable[[str], str]:
    return addresses("front:motif")
