"""Turning refusals into the list on top of a page: what is wrong, and a link to where."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypedDict

from django.forms import BaseForm, BaseFormSet

from disperin.ui.texts import Text

# a form, a formset, a mapping of paths to messages, a list of any of them or of mappings; or nothing
Source = BaseForm | BaseFormSet | Mapping[str, Any] | Iterable[Any] | None


class Line(TypedDict):
    """One line of an error summary; `target` is an element's id, `path` may be empty."""

    label: Text
    message: Text
    target: str | None
    path: str


def entries(*sources: Source) -> Iterator[Line]:
    """The lines of an error summary as dicts with label, message, target (an element's id) and path (may be empty).

    A source may be a form, a formset, a list of either, a mapping of paths to messages (`products.<key>.name` leads to
    `#id_products-<key>-name`), or a list of mappings with "label", "messages", "target" and "path" of one's own.
    """
    for source in sources:
        yield from _from(source)


def _from(source: Source) -> Iterator[Line]:
    if not source:
        return
    if isinstance(source, BaseFormSet):
        yield from _messages("", "", source.non_form_errors())
        for form in source.forms:
            yield from _from_form(form)
    elif isinstance(source, BaseForm):
        yield from _from_form(source)
    elif isinstance(source, Mapping):
        for path, messages in source.items():
            target = "" if path in ("", "__all__") else f"id_{path.replace('.', '-')}"
            yield from _messages("", target, messages)
    else:
        for entry in source:
            if isinstance(entry, Mapping):
                messages = entry.get("messages") or entry.get("message")
                yield from _messages(entry.get("label", ""), entry.get("target", ""), messages, entry.get("path", ""))
            else:
                yield from _from(entry)


def _from_form(form: BaseForm) -> Iterator[Line]:
    yield from _messages("", "", form.non_field_errors())
    for name in form.errors:
        if name in form.fields:
            bound = form[name]
            # a group of boxes carries the id on its frame
            target = bound.auto_id if bound.use_fieldset else bound.id_for_label
            yield from _messages(bound.label, target, form.errors[name])
        elif name != "__all__":
            yield from _messages("", "", form.errors[name])


def _messages(label: Text, target: str | None, messages: Any, path: str = "") -> Iterator[Line]:
    if isinstance(messages, str) or not hasattr(messages, "__iter__"):
        messages = [messages]
    label = str(label).rstrip(" .:")  # a colon follows it
    for message in messages:
        yield {"label": label, "message": getattr(message, "message", message), "target": target, "path": path}
