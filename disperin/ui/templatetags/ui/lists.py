"""Lists and the ways through them: pages, orders, filters, breadcrumbs, navigation."""

from django.utils.translation import get_language

from disperin.ui import formats, listing

from .library import component_tag, register


@component_tag("empty_state")
def empty_state(title, text="", icon="search", url="", label=""):
    """What stands where a list has nothing: why, and what to do next."""
    return {"title": title, "text": text, "icon": icon, "url": url, "label": label}


@component_tag("cursor_pagination")
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


@component_tag("facet")
def facet(title, options, name="", kind="links", open=True):  # noqa: A002 - HTML's word
    """One group of filters with counts, as links (the chosen one first) or as checkboxes of a form."""
    page = get_language()
    told = [{**option, "count": _count_of(option), "language": option.get("language") or page} for option in options]
    links = {"chosen": [one for one in told if one["active"]], "others": [one for one in told if not one["active"]]}
    return {"title": title, "options": told, "name": name, "kind": kind, "open": open, **links}


def _count_of(option):
    """A count as people read it: "12", "1.000+", "12+" where counting stopped at that, "" where nobody counted."""
    if option["count"] is None:
        return ""
    return f"{formats.capped(option['count'])}{'+' if option.get('at_least') else ''}"


@component_tag("filter_chips")
def filter_chips(chips, clear_url=""):
    """The filters that are on, each with a cross."""
    return {"chips": chips, "clear_url": clear_url}


@component_tag("crumb")
def crumb(label, url=""):
    """One step of the breadcrumbs; without address it is the page itself."""
    return {"label": label, "url": url}


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context, url, label, icon="", badge=None, exact=False):
    """An entry of a navigation; it knows from `path`, or else from the request, whether it is the current one."""
    path = context["path"] if "path" in context else context["request"].path if "request" in context else ""
    current = path == url if exact else bool(url) and path.startswith(url)
    return {"url": url, "label": label, "icon": icon, "badge": badge, "current": current}
