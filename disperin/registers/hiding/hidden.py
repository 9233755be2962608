"""What administrators have hidden from the public: which value of which record, why, since when, and how it ended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.db.models import F, Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.regions.reach import HasRegency, ReachQuerySet
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.registers.record.withholding import Hideable, changed_in, goes_with, hideable_fields, is_empty
from disperin.registers.values.columns import column
from disperin.registers.values.terms import Path
from disperin.ui.formats import moment
from disperin.ui.said import Said, gettext

if TYPE_CHECKING:
    from disperin.registers.gate.forms import RecordForm


class HiddenQuerySet(ReachQuerySet):
    def live(self) -> Self:
        """What is hidden now."""
        return self.filter(ended_at=None)

    def of_record(self, slug: str, key: int) -> Self:
        """Of one record."""
        return self.filter(register=slug, record_id=key)


class Hidden(HasRegency):
    """One taking down. `path` names a field, a row or a field of a row; "" is the whole record.

    It ends when an administrator lifts it, or when a verified change (`ended_with`) touches just that value.
    """

    register = models.CharField(_("register"), max_length=40)
    record_id = models.PositiveBigIntegerField()
    record_number = models.CharField(_("record"), max_length=20)
    path = models.CharField(_("what is hidden"), max_length=160, blank=True)
    reason = models.CharField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("hidden by"))
    at = models.DateTimeField(_("hidden since"), auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("shown again by")
    )
    ended_at = models.DateTimeField(_("shown again"), null=True)
    ended_with = models.CharField(_("shown again with"), max_length=20, blank=True)  # the number of the submission
    end_reason = models.CharField(_("reason of showing it again"), max_length=1000, blank=True)

    objects = HiddenQuerySet.as_manager()

    class Meta:
        verbose_name = _("hidden value")
        verbose_name_plural = _("hidden values")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="hidden_once",
                fields=["register", "record_id", "path"],
                condition=Q(ended_at=None),
            )
        ]
        indexes = [
            models.Index(F("at").desc(), F("id").desc(), name="hidden_now", condition=Q(ended_at=None)),
            models.Index(fields=["regency", "-id"], name="hidden_of_regency"),
        ]

    def __str__(self) -> str:
        return f"{self.record_number} {self.path}".strip()


@dataclass(frozen=True)
class Place:
    """A value that is hidden or may be: the record or row that has it, and its fields; no fields: the whole."""

    path: str
    label: str
    row: Hideable
    fields: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """What it holds for the office, in words."""
        if not self.fields:
            return str(self.row)
        name = self.fields[0]
        return _in_words(self.row, name, self.row.withheld.get(name, _column(self.row, name)))

    @property
    def is_hidden(self) -> bool:
        """Is it hidden already?"""
        return {*self.fields} <= {*self.row.withheld} if self.fields else self.row.hidden

    @property
    def can_be_hidden(self) -> bool:
        """Is there something to hide?"""
        return not self.is_hidden and not (self.fields and is_empty(self.row, self.fields[0]))


def places_of(register: Register, record: Record) -> Iterator[Place]:
    """Every Place of a record, whatever it holds; a query for each part."""
    yield Place("", str(_("The whole record")), record)
    yield from _places_in(record, "", "")
    for name, part in register.form.parts.items():
        model = part._meta.model
        if not model.audience.is_public:
            continue
        rows = model._default_manager.filter(Q(closed_on=None) | Q(hidden=True), **{model.parent: record})
        for row in rows.order_by("position", "id"):
            path, label = f"{name}.{row.key}", f"{capfirst(model._meta.verbose_name)} “{row}”"
            yield Place(path, label, row)
            yield from _places_in(row, f"{path}.", f"{label}, ")


def hidden_in(register: Register, record: Record) -> list[tuple[Hidden, Place]]:
    """`[(Hidden, Place)]` of what is hidden of a record now, the newest first."""
    hidings = list(Hidden.objects.live().of_record(register.slug, record.pk).select_related("by"))
    places = {place.path: place for place in places_of(register, record)} if hidings else {}
    return [(hiding, places[hiding.path]) for hiding in hidings if hiding.path in places]


def uncovered_by(form: "RecordForm") -> Iterator[tuple[Path, Hidden]]:
    """`(path, Hidden)` of what is hidden and would be public again, once a valid form is stored."""
    paths = list(_touched(form))
    if not paths:
        return
    key = (directory.of(type(form.instance)).slug, form.instance.pk)
    for hiding in form.context.ask(_live_of, key) or ():
        path = next((path for path in paths if hiding.path == path or hiding.path.startswith(f"{path}.")), None)
        if path is not None:
            yield path, hiding


def shown_again(form: "RecordForm") -> Iterator[tuple[Path, str]]:
    """`(path, text)` of what is hidden and would be public again, once a valid form is stored: by whom, when, why."""
    for path, hiding in uncovered_by(form):
        values = {"what": _what_at(form, hiding), "day": _day_of(hiding), "who": hiding.by, "why": hiding.reason}
        text = gettext(
            "“%(what)s” was hidden from the public on %(day)s by %(who)s. Once this change is verified, the public "
            "sees it again. Reason for hiding it: %(why)s"
        )
        yield path if path.count(".") == 1 or form.field_at(path) else NON_FIELD_ERRORS, text % values


def _what_at(form: "RecordForm", hiding: Hidden) -> Said:
    return Said(lambda: what_at(form, hiding.path))


def _day_of(hiding: Hidden) -> Said:
    return Said(lambda: moment(hiding.at))


def part_and_field(path: Path) -> tuple[str, str]:
    """`("", field)` of a field of the record, `(part, field)` of one of a row, `(part, "")` of the row itself."""
    part, _key, field = [*path.split("."), ""][:3] if "." in path else ("", "", path)
    return part, field


def what_at(form: "RecordForm | type[RecordForm]", path: Path) -> str:
    """What lies at a path in words, without its value: the name of a row may be just that."""
    if not path:
        return gettext("The whole record")
    part, field = part_and_field(path)
    if not part:
        return capfirst(str(column(form._meta.model, field).verbose_name))
    meta = form.parts[part]._meta.model._meta
    row = capfirst(meta.verbose_name)
    return f"{row}, {meta.get_field(field).verbose_name}" if field else row


def _touched(form: "RecordForm") -> Iterator[Path]:
    """The paths of what is hidden or withheld, and is changed by a form."""
    record = form.instance
    if record.hidden and form.changes_values():
        yield ""
    yield from changed_in(record)
    for name, rows in form.rows.items():
        for row in rows:
            path = f"{name}.{row.key}"
            if row.instance.hidden and row.has_changed():
                yield path
            yield from (f"{path}.{field}" for field in changed_in(row.instance))
    yield from (path for path, row in form.rows_gone() if row.hidden or row.withheld)


def _live_of(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], list[Hidden]]:
    """`{(register, pk): [Hidden]}` of what is hidden of these records now."""
    by_record: dict[tuple[str, int], list[Hidden]] = {}
    records = {pk for _slug, pk in keys}
    for hiding in Hidden.objects.live().filter(record_id__in=records).select_related("by").order_by("pk"):
        by_record.setdefault((hiding.register, hiding.record_id), []).append(hiding)
    return by_record


def _places_in(row: Hideable, path: Path, label: str) -> Iterator[Place]:
    for name in hideable_fields(type(row)):
        called = str(column(row, name).verbose_name)
        yield Place(f"{path}{name}", label + called if label else capfirst(called), row, goes_with(type(row), name))


def _column(row: Model, name: str) -> Any:
    return getattr(row, column(row, name).attname)


def _in_words(row: Model, name: str, value: Any) -> Any:
    field = column(row, name)
    if isinstance(field, models.ForeignKey) and value is not None:
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return ", ".join(", ".join(map(str, item)) if isinstance(item, list) else str(item) for item in value)
    return str(dict(field.flatchoices).get(value, "" if value is None else value))
