"""Forms and the comparison of two states."""

import datetime
from collections.abc import Iterable
from html import escape  # Django's asks of each text first whether it waits for a language
from typing import Any

from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from disperin.ui import controls, errors, formats
from disperin.ui.errors import Source
from disperin.ui.templatetags.ui.library import Given
from disperin.ui.texts import Text

from .library import component, component_tag, register

SUMMARY = 'role="alert" tabindex="-1" autofocus'  # of components/error_summary.html; an example or a part has no focus


@register.simple_tag
def error_summary(*sources: Source, title: Text = "", focus: bool = True, name: str = "error-summary") -> str:
    """Everything that must be mended, on top of the page, each with a link to its field; nothing when all is well.

    It takes the focus when the page opens, so that it is read and seen first. `name` tells two of a page apart.
    """
    listed = list(errors.entries(*sources))
    shown = {"entries": listed, "title": title, "focus": focus, "name": name}
    return component("error_summary", shown) if listed else ""


@register.simple_block_tag
def errors_in_title(content: str) -> str:
    """A whole document; where an error summary opens it, its title says so first, for whoever hears the title only.

    The title stands before the summary, so it can be written only when all is drawn.
    """
    if SUMMARY not in content:
        return content
    return mark_safe(content.replace("<title>", f"<title>{_('Error:')} ", 1))  # noqa: S308 - a document, already drawn


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input of a bound field alone, where a page has label and errors elsewhere."""
    return controls.control(field)


@register.simple_tag
def field_parts(field: BoundField) -> Given:
    """What the template of a box, or of a group of boxes, needs to know about a bound field."""
    widget = field.field.widget
    group = controls.is_group(widget)
    return {
        "label": controls.label(field),
        "says": controls.says(field),
        "one_box": controls.is_one_box(widget),
        "group": group,
        "options": controls.options(field) if group else (),
        "control": "" if group else controls.control(field),
    }


@register.simple_tag
def datalist(id: str, options: Iterable[tuple[str, str]]) -> str:  # noqa: A002 - the word of HTML
    """What inputs suggest, `[(value, text)]`. A list may be long, and is drawn without a template."""
    drawn = "".join(
        f'<option value="{value}">{value} {text}</option>'
        for value, text in ((escape(str(value)), escape(str(text))) for value, text in options)
    )
    return mark_safe(f'<datalist id="{escape(str(id))}">{drawn}</datalist>')  # noqa: S308 - each part was escaped


@component_tag("file_field")
def file_field(
    name: str,
    label: Text,
    help: Text = "",  # noqa: A002 - the word of form fields
    accept: str = "",
    multiple: bool = False,
    current_url: str = "",
    current_label: Text = "",
    remove_name: str = "",
    error: Text = "",
) -> Given:
    """A place to choose a file, with the file that is already there."""
    shown = {"name": name, "label": label, "help": help, "accept": accept, "multiple": multiple, "error": error}
    return {**shown, "current_url": current_url, "current_label": current_label, "remove_name": remove_name}


@component_tag("steps")
def steps(items: Iterable[Given], label: Text = "") -> Given:
    """The sections of a long form and how far each is: todo, begun, done, current or error."""
    icons = {
        "begun": "circle-half", "done": "check-circle-fill", "current": "arrow-right", "error": "exclamation-circle",
    }  # fmt: skip
    listed = [{**item, "icon": icons.get(item.get("state", ""), "circle")} for item in items]
    return {"items": listed, "label": label}


@register.simple_block_tag
def diff_table(content: str, caption: Text = "", old_label: Text = "", new_label: Text = "") -> str:
    """Old beside new, field by field; without labels of their own what is registered beside what is proposed."""
    shown = {"content": content, "caption": caption, "old_label": old_label, "new_label": new_label}
    return component("diff_table", shown)


@component_tag("diff_row")
def diff_row(
    label: Text,
    old: Any,
    new: Any,
    note: Text = "",
    state: str = "",
    current: Any = None,
    path: str = "",
    old_label: Text = "",
    new_label: Text = "",
) -> Given:
    """One field before and after; `current` is what the register says now, where both sides changed it."""
    if not state:
        empty_old, empty_new = old in (None, "", formats.NOTHING), new in (None, "", formats.NOTHING)
        state = "same" if old == new else "added" if empty_old else "removed" if empty_new else "changed"
    shown = {"label": label, "old": old, "new": new, "note": note, "state": state}
    return {**shown, "current": current, "path": path, "old_label": old_label, "new_label": new_label}


@component_tag("diff_heading")
def diff_heading(text: Text, note: Text = "") -> Given:
    """A row that heads a group of fields, such as one product."""
    return {"text": text, "note": note}


@component_tag("copy_text")
def copy_text(text: str, label: Text = "", rows: int = 5, caption: Text = "", name: str = "text") -> Given:
    """A text to be taken elsewhere, such as WhatsApp; can be marked by hand where there is no JavaScript."""
    return {"text": text, "label": label, "rows": rows, "caption": caption, "name": name}


@component_tag("saved_state")
def saved_state(at: datetime.datetime | None = None, *, failed: bool = False, partly: bool = False) -> Given:
    """Says when the draft was last saved, or that not all was; kept current by static/js/saved-state.js."""
    return {"at": at, "failed": failed, "partly": partly}
