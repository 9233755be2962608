"""What the page of a draft shows: sections, fields, rows, reasons, hints and how far each section is."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.models import User
from disperin.attachments.forms import ACCEPTED
from disperin.attachments.models import Attachment
from disperin.registers.gate.forms import PartForm, RecordForm, RowNumbers
from disperin.registers.gate.values_form import ValuesForm
from disperin.registers.pairing.search import Rival
from disperin.registers.values.changes import same
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.fields import Typed
from disperin.registers.values.outline_field import OutlineField
from disperin.registers.values.posted import page_of
from disperin.registers.values.terms import Path, Values
from disperin.submissions.draft_form import element_of, hide_masked, load_files, tell
from disperin.submissions.draft_sections import ROWS_SHOWN, Box, Pages, Row, Section
from disperin.submissions.models import Submission
from disperin.submissions.presentation import Words, is_empty, rivals_of, sections_of, title_of_row
from disperin.ui.forms import row_field
from disperin.ui.texts import Text


class DraftPage:
    """Everything the template needs. `values` are what is shown (kept or just typed), `problems` what is told."""

    def __init__(
        self,
        submission: Submission,
        values: Values,
        *,
        by: User,
        problems: Mapping[Path, Sequence[str | ValidationError]] | None = None,
        adding: str = "",
        shown: Mapping[str, str] | None = None,
        numbers: RowNumbers | None = None,
        options_url: str = "",
    ) -> None:
        """`shown` is the query of the address or the posted form: it says which page of a long part is looked at.

        `numbers` are those under which a page that stands open has its rows, where they are not their places.
        """
        self.submission, self.by = submission, by
        self.form_class = submission.form_class
        self.problems = {path: [_text(problem) for problem in errors] for path, errors in (problems or {}).items()}
        self.values = values
        self.form = self._shown_form(values, options_url, numbers)
        self.known = {
            row["key"]
            for name in self.form_class.parts
            for state in (submission.base, submission.values)
            for row in state.get(name) or []
        }
        self.hints = _CodeHints(self.form, values, by)
        self.earlier = self.form.earlier()
        self.sections = [self._section(*outline) for outline in sections_of(self.form)]
        self.parts = [self._part(name, adding == name, page_of(name, shown or {})) for name in self.form_class.parts]
        load_files(self.form)

    def _shown_form(self, values: Values, options_url: str, numbers: RowNumbers | None) -> RecordForm:
        shown, record = hide_masked(values, self.form_class), self.submission.record()
        form = self.form_class(shown, instance=record, by=self.by, numbers=numbers)
        tell(form, self.problems)
        regency = values.get("regency") or self.submission.regency_id
        form.narrow(regency if isinstance(regency, str) and "\x00" not in regency else None, options_url=options_url)
        if "regency" in form.fields and not self.by.sees_all:
            regencies = row_field(form, "regency")
            regencies.queryset = regencies.queryset and regencies.queryset.filter(pk=self.by.regency_id)
        return form

    def _box(self, bound: BoundField, path: Path) -> Box:
        asked_if = cast(ValuesForm, bound.form).asked_if.get(bound.name)
        box = Box(bound, path, self.submission.reasons.get(path, ""), self.hints.of(path), asked_if)
        box.earlier = None if self.earlier is None else self.earlier.get(path, "")
        box.is_read = path in self.form_class.read_from
        box.reading = self.form_class.reading(path, self.values) if box.is_read else None
        return box

    def _section(self, key: str, title: Text, names: Iterable[str]) -> Section:
        boxes = [self._box(self.form[name], name) for name in names]
        section = Section(f"bagian-{key or 'utama'}", title, boxes)
        filled = [box for box in boxes if self._is_entered(box.path)]
        missing = [box for box in boxes if self._is_needed(box) and is_empty(self.values.get(box.path))]
        unclear = any(isinstance(self.values.get(box.path), Typed) for box in boxes)
        if any(box.reason or self.problems.get(box.path) for box in boxes):
            section.state = "error"
        elif filled:
            section.state = "begun" if missing or unclear else "done"
        if boxes:
            asked = [box for box in boxes if box in filled or not box.asked_if or box.asked_if.holds(self.values)]
            section.note = _("%(filled)d of %(all)d filled in") % {"filled": len(filled), "all": len(asked)}
        differs = any(not same(self.values.get(box.path), self.submission.base.get(box.path)) for box in boxes)
        section.is_open = not boxes or bool(missing) or differs or section.state == "error"
        return section

    def _is_needed(self, box: Box) -> bool:
        """Must it be answered, by itself or for what else is answered?"""
        asked = box.asked_if
        return box.bound.field.required or asked is not None and asked.needed and asked.holds(self.values)

    def _is_entered(self, name: str) -> bool:
        """Does somebody's answer stand there, and not what a new form begins with?"""
        value = self.values.get(name)
        return not is_empty(value) and (
            self.submission.record_id is not None or not same(value, self._begun_with[name])
        )

    @cached_property
    def _begun_with(self) -> Values:
        """What a new form of the register holds before anybody typed."""
        return {**self.form_class.empty(), "regency": self.submission.regency_id}

    def _part(self, name: str, adding: bool, page: int | None) -> Section:
        part = self.form_class.parts[name]
        model = part._meta.model._meta
        every = self.form.rows[name]
        pages = _pages(page, len(every))
        rows = [self._row(name, at, every[at]) for at in self._numbers(name, pages)]
        if adding:
            rows.append(self._blank_row(name, str(len(every)), str(len(every) + 1)))
        count = len(every) + adding
        note = ngettext("%(count)d row", "%(count)d rows", count) % {"count": count} if count else _("none yet")
        section = Section(f"bagian-{name}", capfirst(model.verbose_name_plural), rows=rows, part=name, note=note)
        here = {row.key for row in every}
        away = [row["key"] for row in self.submission.values.get(name) or [] if row["key"] not in here] if pages else []
        section.gone = [(f"{name}-{at}", key) for at, key in enumerate(away, start=count)]
        section.blank = self._blank_row(name, "__at__", "__number__")
        section.pages, section.posted = pages, count + len(away)
        section.label_of_row = model.verbose_name
        section.file_help = part.file_help
        if asked_if := self.form_class.parts_asked_if.get(name):
            section.asked_if, section.when = asked_if, asked_if.in_words(self.form.fields)
        section.photos_accepted = ACCEPTED[Attachment.Kind.PHOTO] if part.photo_in else ""
        at_part = [path for path in [*self.problems, *self.submission.reasons] if path.split(".")[0] == name]
        if at_part:
            section.state = "error"
        elif every:
            section.state = "done" if self._is_whole(name) and not adding else "begun"
        differs = self.values.get(name) != self.submission.base.get(name)
        section.is_asked = bool(every or adding or at_part) or not asked_if or asked_if.holds(self.values)
        section.is_open = section.is_asked and (not every or adding or differs or bool(at_part))
        return section

    def _blank_row(self, name: str, at: str, number: str) -> Row:
        blank = self.form.blank_row(name)
        blank.prefix = f"{name}-{at}"
        boxes, seldom = self._boxes_of(blank, f"{name}.new")
        return Row(f"{capfirst(blank._meta.model._meta.verbose_name)} {number}", blank.prefix, "", boxes, seldom=seldom)

    def _boxes_of(self, row: PartForm, path: Path) -> tuple[list[Box], list[Box]]:
        """Its boxes, and apart from them those that are seldom needed."""
        boxes = [self._box(row[name], f"{path}.{name}") for name in row.fields]
        seldom = [box for box in boxes if box.bound.name in row.seldom]
        return [box for box in boxes if box not in seldom], seldom

    def _is_whole(self, name: str) -> bool:
        """Are there rows of a part, each with all that it must have, and is all of it understood?"""
        needed = [field_name for field_name, field in self.form_class.parts[name].base_fields.items() if field.required]
        rows = self.values[name]
        asked_if = self.form_class.parts[name].asked_if.items()
        missing = any(is_empty(row.get(field_name)) for row in rows for field_name in needed) or any(
            condition.needed and condition.holds(row) and is_empty(row.get(asked))
            for row in rows
            for asked, condition in asked_if
        )
        return (
            bool(rows) and not missing and not any(isinstance(value, Typed) for row in rows for value in row.values())
        )

    def _numbers(self, name: str, pages: Pages | None) -> Iterable[int]:
        """The rows that are drawn: those of the page, and wherever they stand those to be mended or not kept yet."""
        rows = self.form.rows[name]
        if pages is None:
            return range(len(rows))
        paths = [*self.problems, *self.submission.reasons]
        mended = [path.split(".")[1] for path in paths if path.startswith(f"{name}.")]
        kept = {row["key"]: row for row in self.submission.values.get(name) or []}
        listed = {*range(pages.first - 1, pages.last)}
        listed |= {at for at, row in enumerate(self.values[name]) if kept.get(row["key"]) != row}
        marked = {*dict.fromkeys(mended[:ROWS_SHOWN])}
        return sorted(listed | {at for at, row in enumerate(rows) if row.key in marked})

    def _row(self, name: str, at: int, row: PartForm) -> Row:
        path = f"{name}.{row.key}"
        boxes, seldom = self._boxes_of(row, path)
        values = self.values[name][at]
        title = title_of_row(self.form, name, values, at + 1)
        key = row.key if row.key in self.known else ""
        return Row(
            title,
            row.prefix or "",
            key,
            boxes,
            self.submission.reasons.get(path, ""),
            self.problems.get(path, []),
            path,
            is_recorded=row.instance.pk is not None,
            seldom=seldom,
            has_seldom=any(
                not is_empty(values.get(box.bound.name)) or box.reason or self.problems.get(box.path) for box in seldom
            ),
        )

    @cached_property
    def rivals(self) -> list[tuple[Rival, str]]:
        """As of `rivals_of`."""
        return rivals_of(self.submission)

    @property
    def has_outlines(self) -> bool:
        """Is there anything to draw on a map?"""
        forms = (self.form_class, *self.form_class.parts.values())
        return any(isinstance(field, OutlineField) for form in forms for field in form.base_fields.values())

    @property
    def has_point(self) -> bool:
        """Is there a place on the map to be entered?"""
        return {"latitude", "longitude"} <= self.form.fields.keys()

    @property
    def bounds(self) -> str:
        """South, west, north and east of the province."""
        return ",".join(map(str, settings.PROVINCE.bounding_box))

    @property
    def boxes(self) -> Iterator[Box]:
        """Every field of the page."""
        for section in (*self.sections, *self.parts):
            yield from section.boxes
            for row in section.rows:
                yield from (*row.boxes, *row.seldom)

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The progress list."""
        return [
            {"label": section.title, "url": f"#{section.id}", "state": section.state, "note": section.note}
            for section in (*self.sections, *self.parts)
            if section.is_asked
        ]

    @property
    def steps_done(self) -> str:
        """How many sections are complete, for a list of them that is folded."""
        states = [section.state for section in (*self.sections, *self.parts) if section.is_asked]
        return _("%(done)d of %(all)d complete") % {"done": states.count("done"), "all": len(states)}

    def told(self, messages: Mapping[Path, Any]) -> list[dict[str, Any]]:
        """`{path: texts}` as lines of a summary: label, texts, and the element to go to."""
        targets = {box.path: element_of(box.bound) for box in self.boxes}
        targets |= {row.path: f"baris-{row.prefix}" for part in self.parts for row in part.rows}
        return [
            {
                "label": "" if path == "__all__" else self.label_of(path),
                "messages": [_text(text) for text in (texts if isinstance(texts, list) else [texts])],
                "target": "id_message" if path == "message" else targets.get(path, ""),
                "path": path,
            }
            for path, texts in messages.items()
        ]

    def label_of(self, path: Path) -> Text:
        """A path in words."""
        if path == "message":
            return _("Message to the verifier")
        return self.form_class.label_of(path, self.values)

    @property
    def summary(self) -> list[dict[str, Any]]:
        """What must be mended, for the top of the page."""
        return self.told(self.problems)

    @property
    def returned(self) -> list[dict[str, Any]]:
        """Why it was returned, for the top of the page."""
        return self.told(self.submission.reasons)


def _pages(asked: int | None, rows: int) -> Pages | None:
    """The page of a part that is shown; None where all of its rows are."""
    if rows <= ROWS_SHOWN:
        return None
    most = -(-rows // ROWS_SHOWN)
    return Pages(min(max(asked or 1, 1), most), most, rows)


class _CodeHints:
    """What the codes of a page mean, by path: one query per kind of code."""

    def __init__(self, form: RecordForm, values: Values, by: User) -> None:
        codes: Values = {
            name: values.get(name) for name, field in form.fields.items() if isinstance(field.widget, CodeInput)
        }
        for name, part in form.parts.items():
            fields = [
                field_name for field_name, field in part.base_fields.items() if isinstance(field.widget, CodeInput)
            ]
            codes[name] = [
                {"key": row["key"], **{field_name: row.get(field_name) for field_name in fields}}
                for row in values.get(name) or []
            ]
        self.codes = {
            path: str(value) for path, value in _flat(codes, form.parts) if value and "\x00" not in str(value)
        }
        wanted: Values = {name: self.codes.get(name) for name in codes if name not in form.parts}
        for name in form.parts:
            wanted[name] = [
                {
                    field_name: value
                    for field_name, value in row.items()
                    if field_name == "key" or f"{name}.{row['key']}.{field_name}" in self.codes
                }
                for row in codes[name]
            ]
        self.words = Words(form, wanted, reader=by)

    def of(self, path: Path) -> str:
        """The name of the code at this path, or ""."""
        value = self.codes.get(path)
        if not value:
            return ""
        said = str(self.words.say(path, value))
        return "" if said == value else said


def _flat(state: Values, parts: Container[str]) -> Iterator[tuple[Path, Any]]:
    for name, value in state.items():
        if name in parts:
            for row in value:
                yield from (
                    (f"{name}.{row['key']}.{field_name}", it) for field_name, it in row.items() if field_name != "key"
                )
        else:
            yield name, value


def _text(message: str | ValidationError) -> str:
    """A message of a ValidationError, or a text, as text."""
    return " ".join(message.messages) if hasattr(message, "messages") else str(message)
