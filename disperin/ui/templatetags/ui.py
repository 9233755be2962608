"""The component tags. Each is one file in templates/components/ and knows no model; see /komponen/ for all of them."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disperin.ui import errors, formats, forms, listing
from disperin.ui.addresses import addresses
from disperin.ui.drawing import drawn_once, each

register = template.Library()
register.tag(drawn_once)
register.tag(each)
for written in (
    formats.number,
    formats.rupiah,
    formats.rupiah_full,
    formats.capped,
    formats.day,
    formats.clock,
    formats.moment,
    formats.age,
):
    register.filter(written.__name__, written)

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


def _component(name, context=None):
    return get_template(f"components/{name}.html").render(context)


def _attributes(attrs):
    """Further attributes of a tag: hx_post → hx-post; True stands alone, False and None are left out."""
    written = []
    for name, value in attrs.items():
        attribute = name.rstrip("_").replace("_", "-")
        if value is True:
            written.append(f" {attribute}")
        elif value not in (False, None, ""):
            written.append(f' {attribute}="{conditional_escape(value)}"')
    return mark_safe("".join(written))  # noqa: S308 - names come from templates, values are escaped above


def _component_tag(name):
    """An inclusion tag whose file carries its own name."""
    return register.inclusion_tag(f"components/{name}.html", name=name)


@lru_cache(maxsize=4096)
def _drawn(name, given):
    return _component(name, dict(given))


def _same_again(component, **given):
    """A small piece that stands a hundred times on a page, drawn once. All that is given is escaped.

    A text marked as safe equals one that is not, so the mark is taken off: else the one would be shown as the other.
    """
    return _drawn(component, tuple((key, str.__str__(str(text))) for key, text in given.items()))


# --- Small pieces ----------------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name, label="", css=""):
    """A picture of static/img/icons.svg; hidden from screen readers unless it has a label."""
    return _same_again("icon", name=name, label=label, css=css)


@_component_tag("money")
def money(value):
    """An amount of Rupiah as in prose, with the full figure in its title."""
    return {"value": value}


@_component_tag("when")
def when(value, style="age"):
    """A day or moment as <time>; style: age, day, clock or moment."""
    shown = {"age": formats.age, "day": formats.day, "clock": formats.clock, "moment": formats.moment}[style](value)
    full = formats.moment(value) if hasattr(value, "hour") else formats.day(value)
    return {"value": value, "shown": shown, "full": full, "machine": value.isoformat() if value else ""}


@register.simple_tag
def pill(text, tone="neutral", icon=""):
    """A word in a coloured capsule; tone: neutral, info, success, warning, danger, brand."""
    return _same_again("pill", text=text, tone=tone, icon=icon)


@_component_tag("status_pill")
def status_pill(key, label=""):
    """The state of a submission: icon, word and colour."""
    word, drawn = STATES.get(str(key), (key, "question-circle"))
    return {"key": key if str(key) in STATES else "draft", "label": label or word, "icon": drawn}


@_component_tag("link_button")
def link_button(url, label, variant="primary", icon="", css="", **attrs):
    """A link that looks like a button."""
    return {"url": url, "label": label, "variant": variant, "icon": icon, "css": css, "attrs": _attributes(attrs)}


@_component_tag("button")
def button(label, variant="primary", icon="", name="", value="", type="submit", css="", **attrs):  # noqa: A002 - HTML's word
    """A button; variant: primary, secondary, danger, quiet."""
    context = {"label": label, "variant": variant, "icon": icon, "name": name, "value": value, "type": type, "css": css}
    return {**context, "attrs": _attributes(attrs)}


@_component_tag("tile")
def tile(number, label, url="", icon="", tone="", note=""):
    """One figure of a summary, a link where there is a list behind it."""
    return {"number": number, "label": label, "url": url, "icon": icon, "tone": tone, "note": note}


# --- Boxes with a body -----------------------------------------------------------------------------------------------
@register.simple_block_tag
def card(content, title="", url="", heading="h2", icon="", tone="", css=""):
    """A framed piece of a page."""
    shown = {"title": title, "url": url, "heading": heading, "icon": icon, "tone": tone, "css": css}
    return _component("card", {"content": content, **shown})


@register.simple_block_tag
def notice(content, tone="info", title=""):
    """A box that tells something; tone: info, success, warning, danger."""
    icons = {"success": "check-circle-fill", "warning": "exclamation-triangle", "danger": "exclamation-circle"}
    shown = {"tone": tone, "title": title, "icon": icons.get(tone, "info-circle")}
    return _component("notice", {"content": content, **shown})


@register.simple_block_tag
def fold(content, title, open=False):  # noqa: A002 - HTML's word
    """A piece that is folded until asked for."""
    return _component("fold", {"content": content, "title": title, "open": open})


@register.simple_block_tag
def table(content, caption="", css="", stacked=True, caption_hidden=True):
    """A table; `stacked` ones become one block per row on phones and need `data-label` on their cells."""
    shown = {"caption": caption, "css": css, "stacked": stacked, "caption_hidden": caption_hidden}
    return _component("table", {"content": content, **shown})


@register.simple_block_tag
def summary_list(content, css=""):
    """Labels and values of one record."""
    return _component("summary_list", {"content": content, "css": css})


@_component_tag("summary_row")
def summary_row(label, value, note="", url="", url_label=""):
    """A line of a summary list; an empty value shows a dash."""
    return {"label": label, "value": value, "note": note, "url": url, "url_label": url_label}


@register.simple_block_tag
def summary_item(content, label, note=""):
    """A line of a summary list with HTML of its own."""
    return _component("summary_row", {"label": label, "value": content, "note": note})


@register.simple_block_tag
def timeline(content):
    """What happened, newest first."""
    return _component("timeline", {"content": content})


@register.simple_block_tag
def timeline_item(content, title, at=None, by="", icon="clock-history", tone=""):
    """One event of a timeline."""
    return _component(
        "timeline_item", {"content": content, "title": title, "at": at, "by": by, "icon": icon, "tone": tone}
    )


@register.simple_block_tag
def filter_panel(content, active=0, label=""):
    """The filters of a list: a column on wide screens, a drawer on phones."""
    return _component("filter_panel", {"content": content, "active": active, "label": label})


@register.simple_block_tag
def map_box(content, points="", boundaries="", shapes="", label="", lat=None, lon=None, zoom=None):
    """A map; its body is shown where there is no JavaScript. `shapes` are outlines, drawn on a canvas."""
    at = {"lat": "" if lat is None else str(lat), "lon": "" if lon is None else str(lon)}  # as text: never localised
    shown = {"points": points, "boundaries": boundaries, "shapes": shapes, "label": label, "zoom": zoom}
    shown |= {"tiles": settings.MAP_TILES, "tiles_credit": settings.MAP_TILES_CREDIT}
    return _component("map_box", {"content": content, **at, **shown})


@register.simple_block_tag
def sticky_bar(content, label=""):
    """The actions of a form or review, always in sight."""
    return _component("sticky_bar", {"content": content, "label": label})


@register.simple_tag
def map_assets():
    """The scripts a page with a map needs."""
    return _component("map_assets")


@register.simple_tag
def map_styles():
    """The style sheets a page with a map needs."""
    return _component("map_styles")


# --- Lists -----------------------------------------------------------------------------------------------------------
@_component_tag("empty_state")
def empty_state(title, text="", icon="search", url="", label=""):
    """What stands where a list has nothing: why, and what to do next."""
    return {"title": title, "text": text, "icon": icon, "url": url, "label": label}


@_component_tag("cursor_pagination")
def cursor_pagination(previous_url="", next_url="", summary="", label=""):
    """Earlier and later pages of a list that is not counted; `label` names it where a page has several lists."""
    return {"previous_url": previous_url, "next_url": next_url, "summary": summary, "label": label}


@register.inclusion_tag("components/page_pagination.html", takes_context=True)
def page_pagination(context, page):
    """Numbered pages of a Django `Page`; keeps the filters."""
    request = context["request"]
    return {
        "page": page,
        "links": listing.numbered_pages(request, page),
        "previous_url": listing.page_url(request, page.number - 1) if page.has_previous() else "",
        "next_url": listing.page_url(request, page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context, name, label, param="order", css=""):
    """A column head that sorts the list and says how it is sorted."""
    state, url = listing.sort_state(context["request"], name, param)
    arrow = {"ascending": "arrow-up", "descending": "arrow-down"}.get(state, "chevron-expand")
    return {"label": label, "state": state, "url": url, "icon": arrow, "css": css}


@register.inclusion_tag("components/sort_select.html", takes_context=True)
def sort_select(context, options, current="", param="order"):
    """A choice of orders for lists of cards; `options` are (value, label) pairs."""
    request = context["request"]
    kept = listing.kept_parameters(request, param)
    return {"options": options, "current": current, "param": param, "kept": kept, "action": request.path}


@_component_tag("facet")
def facet(title, options, name="", kind="links", open=True):  # noqa: A002 - HTML's word
    """One group of filters with counts, as links (the chosen one first) or as checkboxes of a form."""
    told = [{**option, "count": _count_of(option)} for option in options]
    links = {"chosen": [one for one in told if one["active"]], "others": [one for one in told if not one["active"]]}
    return {"title": title, "options": told, "name": name, "kind": kind, "open": open, **links}


def _count_of(option):
    """A count as people read it: "12", "1.000+", "12+" where counting stopped at that, "" where nobody counted."""
    if option["count"] is None:
        return ""
    return f"{formats.capped(option['count'])}{'+' if option.get('at_least') else ''}"


@_component_tag("filter_chips")
def filter_chips(chips, clear_url=""):
    """The filters that are on, each with a cross."""
    return {"chips": chips, "clear_url": clear_url}


@_component_tag("crumb")
def crumb(label, url=""):
    """One step of the breadcrumbs; without address it is the page itself."""
    return {"label": label, "url": url}


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context, url, label, icon="", badge=None, exact=False):
    """An entry of a navigation; it knows from `path`, or else from the request, whether it is the current one."""
    path = context["path"] if "path" in context else context["request"].path if "request" in context else ""
    current = path == url if exact else bool(url) and path.startswith(url)
    return {"url": url, "label": label, "icon": icon, "badge": badge, "current": current}


# --- Forms and review ------------------------------------------------------------------------------------------------
@register.simple_tag
def error_summary(*sources, title="", focus=True):
    """Everything that must be mended, on top of the page, each with a link to its field; nothing when all is well.

    It takes the focus when the page opens, so that it is read and seen first.
    """
    listed = list(errors.entries(*sources))
    return _component("error_summary", {"entries": listed, "title": title, "focus": focus}) if listed else ""


@register.simple_tag
def field_parts(field):
    """What the field template needs to know about a bound field."""
    widget = field.field.widget
    before, after = forms.unit_of(field) or ("", "")
    group = forms.is_group(widget)
    return {
        "group": group,
        "checkbox": getattr(widget, "input_type", "") == "checkbox" and not group,
        "options": forms.options(field) if group else (),
        "control": "" if group else forms.control(field),
        "before": before,
        "after": after,
        "width": widget.attrs.get("data-width", ""),
    }


@_component_tag("file_field")
def file_field(
    name,
    label,
    help="",  # noqa: A002 - the word of form fields
    accept="",
    multiple=False,
    current_url="",
    current_label="",
    remove_name="",
    error="",
):
    """A place to choose a file, with the file that is already there."""
    shown = {"name": name, "label": label, "help": help, "accept": accept, "multiple": multiple, "error": error}
    return {**shown, "current_url": current_url, "current_label": current_label, "remove_name": remove_name}


@_component_tag("steps")
def steps(items, label=""):
    """The sections of a long form and how far each is: done, current, todo or error."""
    icons = {"done": "check-circle-fill", "current": "arrow-right", "error": "exclamation-circle"}
    listed = [{**item, "icon": icons.get(item.get("state"), "circle")} for item in items]
    return {"items": listed, "label": label}


@register.simple_block_tag
def diff_table(content, caption=""):
    """Old beside new, field by field."""
    return _component("diff_table", {"content": content, "caption": caption})


@_component_tag("diff_row")
def diff_row(label, old, new, note="", state="", current=None, path=""):
    """One field before and after; `current` is what the register says now, where both sides changed it."""
    if not state:
        empty_old, empty_new = old in (None, "", formats.NOTHING), new in (None, "", formats.NOTHING)
        state = "same" if old == new else "added" if empty_old else "removed" if empty_new else "changed"
    shown = {"label": label, "old": old, "new": new, "note": note, "state": state}
    return {**shown, "current": current, "path": path}


@_component_tag("diff_heading")
def diff_heading(text, note=""):
    """A row that heads a group of fields, such as one product."""
    return {"text": text, "note": note}


@_component_tag("copy_text")
def copy_text(text, label="", rows=5, caption="", name="text"):
    """A text to be taken elsewhere, such as WhatsApp; can be marked by hand where there is no JavaScript."""
    return {"text": text, "label": label, "rows": rows, "caption": caption, "name": name}


@_component_tag("saved_state")
def saved_state(at=None):
    """Says when the draft was last saved; kept current by static/js/saved-state.js."""
    return {"at": at}


@_component_tag("photo")
def photo(url="", alt="", width=640, height=480, number="", srcset="", sizes="", css="", lazy=True):
    """A photograph, or the cloth of the record's number where there is none."""
    further = {"srcset": srcset, "sizes": sizes} if url and srcset else {}
    further |= {"loading": "lazy"} if lazy else {}
    return {
        "url": url or _motifs(get_language())(number or "IKM"),
        "alt": alt if url else "",
        "css": " ".join(filter(None, ("photo", "" if url else "photo-stand-in", css))),
        "attrs": _attributes({"width": width, "height": height, **further}),
    }


@lru_cache
def _motifs(_language):
    return addresses("front:motif")
