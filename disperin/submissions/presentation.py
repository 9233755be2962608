"""Canonical values in words, for every register alike: labels, choices, names, money, dates, files, masks."""

import datetime
import uuid
from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.attachments.forms import AttachmentField
from disperin.attachments.models import Attachment
from disperin.registers.audience import mask
from disperin.registers.changes import same
from disperin.submissions.workflow import Status
from disperin.ui import formats
from disperin.ui.forms import DecimalInput, WholeNumberInput


def is_empty(value):
    """Nothing entered; an unticked box says nothing either, but a zero does."""
    return value is None or value is False or value == "" or value == []


@dataclass
class Line:
    """One field, before and after, in words."""

    path: str
    label: str
    old: object
    new: object
    state: str = ""  # as of the diff tag: changed, added, removed, same, conflict
    current: object = None  # what the register says now, where both sides changed it
    warnings: list = field(default_factory=list)
    masked: bool = False
    mendable: bool = True  # may a reason for returning stand here?

    @property
    def key(self):
        """The path as part of an element's id."""
        return self.path.replace(".", "-")


@dataclass
class Group:
    """The lines of a section, or of a row of a part (then with a path of its own)."""

    title: str
    lines: list = field(default_factory=list)
    path: str = ""
    state: str = ""  # of a row: added, removed, or "" for kept
    conflict: bool = False
    warnings: list = field(default_factory=list)

    @property
    def key(self):
        """The path as part of an element's id."""
        return self.path.replace(".", "-")


class Words:
    """Says the values of one form. Looks up every name and file that the given states mention, once per kind.

    `revealed` names masked fields whose value was asked for, and noted in the history, just now.
    """

    def __init__(self, form, *states, revealed=()):
        self.form = form
        self.masked = set(form._meta.model.audience.masked) - set(revealed)
        self.names = {}
        self._look_up(states)

    def field_of(self, path):
        """The form field of a path, or None."""
        name, *rest = path.split(".")
        if rest:
            return self.form.parts[name].base_fields.get(rest[-1])
        return self.form.fields.get(name)

    def label_of(self, path):
        """The label of a field, without its row."""
        found = self.field_of(path)
        if found is None:
            return path
        if found.label is None:
            model = self.form.parts[path.split(".")[0]]._meta.model
            return capfirst(model._meta.get_field(path.split(".")[-1]).verbose_name)
        return capfirst(found.label)

    def say(self, path, value):
        """A value as people read it; "" for nothing."""
        if value in (None, "", []):
            return ""
        if path in self.masked:
            return mask(value)
        found = self.field_of(path)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, dict):
            return found.in_words(value)
        if isinstance(value, list):
            named = dict(getattr(found, "choices", ()))
            return "\n".join(str(named.get(one, one)) for one in value)
        if isinstance(found, AttachmentField):
            return self._say_file(value)
        if isinstance(found, forms.ModelChoiceField):
            return self.names.get((found.queryset.model, str(value)), str(value))
        if isinstance(found, forms.ChoiceField):
            return str(dict(found.choices).get(value, value))
        return _say_plain(found, value)

    def _say_file(self, value):
        file = self.names.get((Attachment, str(value)))
        if file is None:
            return _("A file that is no longer there")
        url = file.get_absolute_url()
        if file.is_photo:
            return format_html(
                '<a href="{}"><img class="evidence-photo" src="{}?width=480" alt="" width="160" loading="lazy"> {}</a>',
                url,
                url,
                file.name,
            )
        return format_html('<a href="{}">{}</a>', url, file.name)

    @property
    def files(self):
        """Every file that is mentioned, in no particular order."""
        return [one for one in self.names.values() if isinstance(one, Attachment)]

    def _look_up(self, states):
        wanted = {}
        for path, value in (pair for state in states for pair in _leaves(state or {}, self.form.parts)):
            found = self.field_of(path)
            if is_empty(value):
                continue
            if isinstance(found, AttachmentField):
                wanted.setdefault((Attachment, "pk"), set()).add(str(value))
            elif isinstance(found, forms.ModelChoiceField):
                key = (found.queryset.model, found.to_field_name or "pk")
                wanted.setdefault(key, set()).add(str(value))
        for (model, key), values in wanted.items():
            if model is Attachment:
                values = {one for one in values if _is_uuid(one)}
            for one in model._default_manager.filter(**{f"{key}__in": values}):
                self.names[(model, str(getattr(one, key)))] = one if model is Attachment else str(one)


def _leaves(state, parts):
    for name, value in state.items():
        if name not in parts:
            yield name, value
            continue
        for row in value or []:
            for field_name, one in row.items():
                if field_name != "key":
                    yield f"{name}.{row['key']}.{field_name}", one


def _is_uuid(text):
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _say_plain(found, value):
    widget = getattr(found, "widget", None)
    attrs = getattr(widget, "attrs", {})
    if isinstance(widget, WholeNumberInput | DecimalInput) and isinstance(value, int | float):
        if attrs.get("data-prefix") == "Rp":
            return formats.rupiah_full(value)
        unit = str(attrs.get("data-unit", ""))
        return f"{formats.number(value)}{'' if unit in ('°', '') else ' '}{unit}"
    if isinstance(found, forms.DateField):
        try:
            return formats.day(datetime.date.fromisoformat(value))
        except (TypeError, ValueError):
            return str(value)
    return str(value)


def sections_of(form):
    """(id, title, names of the fields) in the order of the page; fields that no section names come last."""
    told = [
        (key, form.section_titles.get(key) or capfirst(form._meta.model._meta.verbose_name), list(names))
        for key, names in form.sections
    ]
    named = {name for _key, _title, names in told for name in names}
    rest = [name for name in form.fields if name not in named]
    if rest:
        told.append(
            ("rest" if told else "", _("More") if told else capfirst(form._meta.model._meta.verbose_name), rest)
        )
    return [(key, title, [name for name in names if name in form.fields]) for key, title, names in told]


def title_of_row(form, name, row, place):
    """A row in words, such as "Product 2: Kain pewarna alam"."""
    part = form.parts[name]
    title = f"{capfirst(part._meta.model._meta.verbose_name)} {place}"
    told = next((row[one] for one in ("name", "number") if row.get(one)), "")
    return f"{title}: {told}" if told else title


def compared(words, before, after, *, fresh=False, conflicts=(), warnings=()):
    """What differs between two states and what does not, in words: (groups that differ, groups that do not).

    `fresh`: there was no record before, so that everything filled in counts as added. `conflicts` (of a merge) and
    `warnings` ((path, text) pairs) are put to their lines.
    """
    notes = _Notes(words, {one.path: one for one in conflicts}, list(warnings))
    changed, unchanged = [], []
    for _key, title, names in sections_of(words.form):
        lines = [notes.line(name, before.get(name), after.get(name), fresh) for name in names]
        _sort_out(Group(title), lines, changed, unchanged)
    for name in words.form.parts:
        for group, lines in _rows(notes, name, before.get(name) or [], after.get(name) or [], fresh):
            _sort_out(group, lines, changed, unchanged)
    return changed, unchanged


def filled(words, values):
    """Everything that is entered, in words, by section and row: what a reader sees of a state."""
    changed, _unchanged = compared(words, {}, values, fresh=True)
    return changed


class _Notes:
    """Makes lines, with what is to be noted at each."""

    def __init__(self, words, conflicts, warnings):
        self.words, self.conflicts, self.warnings = words, conflicts, warnings

    def line(self, path, old, new, fresh, *, mendable=True):
        words, conflict = self.words, self.conflicts.get(path)
        changed = not is_empty(new) if fresh else not same(old, new)
        state = "conflict" if conflict else "" if changed else "same"
        line = Line(path, words.label_of(path), "" if fresh else words.say(path, old), words.say(path, new), state)
        if state == "" and line.old == line.new:  # a masked value that changed under the same mask
            line.state = "changed"
        if conflict:
            line.current = words.say(path, conflict.current)
        line.warnings = [text for at, text in self.warnings if at == path]
        line.masked = path in words.masked and bool(line.old or line.new)
        line.mendable = mendable
        return line


def _rows(notes, name, before, after, fresh):
    old_rows = {row["key"]: row for row in before}
    new_rows = {row["key"]: row for row in after}
    form = notes.words.form
    fields = list(form.parts[name].base_fields)
    for place, key in enumerate(dict.fromkeys([*new_rows, *old_rows]), start=1):
        path, old, new = f"{name}.{key}", old_rows.get(key), new_rows.get(key)
        group = Group(title_of_row(form, name, new or old, place), path=path)
        group.state = "added" if old is None else "removed" if new is None else ""
        group.conflict = path in notes.conflicts
        group.warnings = [text for at, text in notes.warnings if at == path]
        lines = [
            notes.line(
                f"{path}.{one}",
                (old or {}).get(one),
                (new or {}).get(one),
                fresh or old is None,
                mendable=new is not None,
            )
            for one in fields
        ]
        if group.state == "removed":  # only what was filled in is worth reading
            lines = [line for line in lines if line.old]
        yield group, lines


def _sort_out(group, lines, changed, unchanged):
    """Lines that differ go to the one side, the others to the other; a warned line is always shown."""
    shown = [line for line in lines if line.state != "same" or line.warnings]
    if shown or group.state or group.conflict:
        changed.append(Group(group.title, shown, group.path, group.state, group.conflict, group.warnings))
    rest = [line for line in lines if line.state == "same" and not line.warnings]
    if rest and group.state != "removed":
        unchanged.append(Group(group.title, rest, group.path))


def record_address(register, number):
    """The page of a record, by the name that every register gives it; "" while there is no number or no page."""
    meta = register.model._meta
    try:
        return reverse(f"{meta.app_label}:{meta.model_name}-detail", args=[number]) if number else ""
    except NoReverseMatch:
        return ""


def whatsapp_text(submission):
    """What to send to the other side: number, state, reasons and the link, as plain text."""
    lines = [f"*{submission.number}* – {submission.title}", str(submission.shown_status[1])]
    if submission.status == Status.RETURNED:
        form_class = submission.form_class
        lines += [
            f"- {form_class.label_of(path, submission.values)}: {reason}" for path, reason in submission.reasons.items()
        ]
    if submission.status == Status.VERIFIED:
        lines.append(_("Register number: %(number)s") % {"number": submission.record_number})
    if submission.note:
        lines.append(submission.note)
    lines.append(settings.PUBLIC_ORIGIN + reverse("submissions:detail", args=[submission.number]))
    return "\n".join(lines)
