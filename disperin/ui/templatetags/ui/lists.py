"""Lists and the ways through them: pages, orders, filters, breadcrumbs, navigation."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.utils.translation import get_language

from disperin.ui import formats, listing
from disperin.ui.listing import Chip
from disperin.ui.templatetags.ui.library import Given
from disperin.ui.texts import Text

from .library import component_tag, register


@component_tag("empty_state")
def empty_state(title: Text, text: Text = "", icon: str = "search", url: str = "", label: Text = "") -> Given:
    """What stands where a list has nothing: why, and what to do next."""
    return {"title": title, "text": text, "icon": icon, "url": url, "label": label}


@component_tag("cursor_pagination")
def cursor_pagination(previous_url: str = "", next_url: str = "", summary: Text = "", label: Text = "") -> Given:
    """Earlier and later pages of a list that is not counted; `label` names it where a page has several lists."""
    return {"previous_url": previous_url, "next_url": next_url, "summary": summary, "label": label}


@register.inclusion_tag("components/page_pagination.html", takes_context=True)
def page_pagination(context: Context, page: Page) -> Given:
    """Numbered pages of a Django `Page`; keeps the filters."""
    request = context["request"]
    return {
        "page": page,
        "links": listing.numbered_pages(request, page),
        "previous_url": listing.page_url(request, page.number - 1) if page.has_previous() else "",
        "next_url": listing.page_url(request, page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: Context, name: str, label: Text, param: str = "order", css: str = "") -> Given:
    """A column head that sorts the list and says how it is sorted."""
    state, url = listing.sort_state(context["request"], name, param)
    arrow = {"ascending": "arrow-up", "descending": "arrow-down"}.get(state, "chevron-expand")
    return {"label": label, "state": state, "url": url, "icon": arrow, "css": css}


@register.inclusion_tag("components/sort_select.html", takes_context=True)
def sort_select(
    context: Context, options: Iterable[tuple[str, Text]], current: str = "", param: str = "order"
) -> Given:
    """A choice of orders for lists of cards; `options` are (value, label) pairs."""
    request = context["request"]
    kept = listing.kept_parameters(request, param)
    return {"options": options, "current": current, "param": param, "kept": kept, "action": request.path}


@component_tag("facet")
def facet(title: Text, options: Iterable[Given], name: str = "", kind: str = "links", open: bool = True) -> Given:  # noqa: A002 - HTML's word
    """One group of filters with counts, as links (the chosen one first) or as checkboxes of a form."""
    page = get_language()
    counted = [{**option, "count": _count_of(option), "language": option.get("language") or page} for option in options]
    links = {
        "chosen": [option for option in counted if option["active"]],
        "others": [option for option in counted if not option["active"]],
    }
    return {"title": title, "options": counted, "name": name, "kind": kind, "open": open, **links}


def _count_of(option: Given) -> str:
    """A count as people read it: "12", "1.000+", "12+" where counting stopped at that, "" where nobody counted."""
    if option["count"] is None:
        return ""
    return f"{formats.capped(option['count'])}{'+' if option.get('at_least') else ''}"


@component_tag("filter_chips")
def filter_chips(chips: Iterable[Chip], clear_url: str = "") -> Given:
    """The filters that are on, each with a cross."""
    return {"chips": chips, "clear_url": clear_url}


@component_tag("crumb")
def crumb(label: Any, url: str = "") -> Given:
    """One step of the breadcrumbs; without address it is the page itself."""
    return {"label": label, "url": url}


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(
    context: Context, url: str, label: Text, icon: str = "", badge: int | None = None, exact: bool = False
) -> Given:
    """An entry of a navigation; it knows from `path`, or else from the request, whether it is the current one."""
    path = context["path"] if "path" in context else context["request"].path if "request" in context else ""
    current = path == url if exact else bool(url) and path.startswith(url)
    return {"url": url, "label": label, "icon": icon, "badge": badge, "current": current}
