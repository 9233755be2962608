"""What every component tag is made with. Each component is one file in templates/components/."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from disperin.ui import formats, sources
from disperin.ui.drawing import drawn_once, each
from disperin.ui.entered import entered, language_of
from disperin.ui.texts import Text

Given = dict[str, Any]  # what the template of a component reads
Tag = TypeVar("Tag", bound=Callable[..., Given])

MINUS = "\N{MINUS SIGN}"

register = template.Library()
register.tag(drawn_once)
register.tag(each)


for written in (
    formats.rupiah,
    formats.rupiah_full,
    formats.capped,
    formats.percent,
    formats.day,
    formats.clock,
    formats.moment,
    formats.age,
    formats.telephone,
    sources.linked,
    entered,
    language_of,
):
    register.filter(written.__name__, written)


@register.filter
def number(value: formats.Figure, decimals: int | None = None) -> str:
    """A figure with the sign of minus; `formats.number` writes the hyphen, which people can type again."""
    return _with_minus(formats.number(value, decimals))


@register.filter
def computed(value: Decimal | None) -> str:
    """As `number`, of a figure that was computed from others."""
    return _with_minus(formats.computed(value))


def _with_minus(text: str) -> str:
    return f"{MINUS}{text[1:]}" if text[:1] == "-" and text[1:2].isdecimal() else text


def component(name: str, context: Given | None = None) -> str:
    return get_template(f"components/{name}.html").render(context)


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Further attributes of a tag: hx_post → hx-post; True stands alone, False and None are left out."""
    written = []
    for name, value in attrs.items():
        attribute = name.rstrip("_").replace("_", "-")
        if value is True:
            written.append(f" {attribute}")
        elif value not in (False, None, ""):
            written.append(f' {attribute}="{conditional_escape(value)}"')
    return mark_safe("".join(written))  # noqa: S308 - names come from templates, values are escaped above


def component_tag(name: str) -> Callable[[Tag], Tag]:
    """An inclusion tag whose file carries its own name."""
    return register.inclusion_tag(f"components/{name}.html", name=name)


@lru_cache(maxsize=4096)
def _drawn(name: str, given: tuple[tuple[str, str], ...]) -> str:
    return component(name, dict(given))


def same_again(component: str, **given: Text) -> str:
    """A small piece that stands a hundred times on a page, drawn once. All that is given is escaped.

    A text marked as safe equals one that is not, so the mark is taken off: else the one would be shown as the other.
    """
    return _drawn(component, tuple((key, str.__str__(str(text))) for key, text in given.items()))
