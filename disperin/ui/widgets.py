"""Inputs and selects, drawn as Django's own templates draw them, to the letter, in a tenth of their time.

A select of Django's includes two templates for each of its options: of the page of a draft, a third was that.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.template import Context
from django.template.base import render_value_in_context
from django.utils.safestring import SafeData, SafeString, mark_safe

_PLACE = "django/forms/widgets/"
_OPTION = f"{_PLACE}select_option.html"
_INPUTS = ("checkbox", "date", "email", "hidden", "input", "number", "password", "text", "url")


def attributes(attrs: Mapping[str, Any]) -> str:
    """The attributes of a tag, each behind a blank; True stands for one without a value, False for none."""
    parts = []
    for name, value in attrs.items():
        if value is True:
            parts.append(f" {_shown(name)}")
        elif value is not False:
            parts.append(f' {_shown(name)}="{_text(value)}"')
    return "".join(parts)


def _input(widget: Mapping[str, Any]) -> str:
    kind, name = _shown(widget["type"]), _shown(widget["name"])
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{kind}" name="{name}"{value}{attributes(widget["attrs"])}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    value = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_shown(widget["name"])}"{attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(widget: Mapping[str, Any]) -> str | None:
    parts = [f'<select name="{_shown(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        parts += [f'\n  <optgroup label="{_shown(group)}">'] if group else []
        for option in options:
            if option["template_name"] != _OPTION:
                return None
            value, label = _text(option["value"]), _shown(option["label"])
            parts.append(f'\n  <option value="{value}"{attributes(option["attrs"])}>{label}</option>\n')
        parts += ["\n  </optgroup>"] if group else []
    return "".join([*parts, "\n</select>"])


def _option(widget: Mapping[str, Any]) -> str | None:
    """One box of a group, without its label."""
    return None if widget["wrap_label"] else _input(widget)


DRAWN: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = {
    **{f"{_PLACE}{name}.html": _input for name in _INPUTS},
    **{f"{_PLACE}{name}_option.html": _option for name in ("checkbox", "radio")},
    f"{_PLACE}select.html": _select,
    f"{_PLACE}textarea.html": _textarea,
}


def drawn(template_name: str, context: Mapping[str, Any]) -> SafeString | None:
    """What the template would give for this widget; None for one that is not drawn here."""
    draw = DRAWN.get(template_name)
    text = draw(context["widget"]) if draw else None
    return None if text is None else mark_safe(text)  # noqa: S308 - each part was escaped above


def _shown(value: Any) -> str:
    """As `{{ value }}`."""
    if type(value) is str:  # most are; what a template asks of any value takes ten times as long
        return escape(value)
    return value if type(value) is SafeString else render_value_in_context(value, _CONTEXT)


def _text(value: Any) -> str:
    """As `{{ value|stringformat:'s' }}`."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


_CONTEXT = Context()
