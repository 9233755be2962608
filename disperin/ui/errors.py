"""Turning refusals into the list on top of a page: what is wrong, and a link to where."""


def entries(*sources):
    """The lines of an error summary as dicts with label, message, target (an element's id) and path (may be empty).

    A source may be a form, a formset, a list of either, a mapping of paths to messages (`products.<key>.name` leads to
    `#id_products-<key>-name`), or a list of mappings with "label", "messages", "target" and "path" of one's own.
    """
    for source in sources:
        yield from _from(source)


def _from(source):
    if not source:
        return
    if hasattr(source, "management_form"):
        yield from _messages("", "", source.non_form_errors())
        for form in source.forms:
            yield from _from_form(form)
    elif hasattr(source, "non_field_errors"):
        yield from _from_form(source)
    elif hasattr(source, "items"):
        for path, messages in source.items():
            target = "" if path in ("", "__all__") else f"id_{path.replace('.', '-')}"
            yield from _messages("", target, messages)
    else:
        for entry in source:
            if hasattr(entry, "get") and not hasattr(entry, "non_field_errors"):
                messages = entry.get("messages") or entry.get("message")
                yield from _messages(entry.get("label", ""), entry.get("target", ""), messages, entry.get("path", ""))
            else:
                yield from _from(entry)


def _from_form(form):
    yield from _messages("", "", form.non_field_errors())
    for name in form.errors:
        if name in form.fields:
            bound = form[name]
            # a group of boxes carries the id on its frame
            target = bound.auto_id if bound.use_fieldset else bound.id_for_label
            yield from _messages(bound.label, target, form.errors[name])
        elif name != "__all__":
            yield from _messages("", "", form.errors[name])


def _messages(label, target, messages, path=""):
    if isinstance(messages, str) or not hasattr(messages, "__iter__"):
        messages = [messages]
    for message in messages:
        yield {"label": label, "message": getattr(message, "message", message), "target": target, "path": path}
