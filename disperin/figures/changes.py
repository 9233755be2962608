"""Why a number changed: the records that came into a list, and those that left it, between the ends of two days.

Each day is read as of itself (`disperin/registers/record/past.py`), and both are asked at once: what is in one list and
not in the other came or left, so that the numbers always add up.
"""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection, models
from django.db.models import Q, QuerySet
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, Filter

from disperin.attachments.models import Attachment
from disperin.registers.lists.addresses import list_address, record_address
from disperin.registers.lists.as_of import PARAMETER, understood
from disperin.registers.lists.listing import PAGE_SIZE
from disperin.registers.lists.tables import list_page
from disperin.registers.models import Merge, Record
from disperin.registers.record import past, past_rows
from disperin.registers.record.directory import Register
from disperin.registers.values.columns import column
from disperin.ui.formats import day as in_words
from disperin.ui.texts import Text

LONGEST = 5_000  # milliseconds that each statement may take
TOO_LONG = gettext_lazy("This takes too long to be found out. Narrow the list, or choose days that lie nearer.")
_NOTHING = "SELECT NULL::bigint AS id WHERE false"
_BOTH = "WITH was AS MATERIALIZED ({}), stands AS MATERIALIZED ({}) "
_COUNTS = "SELECT count(*) FILTER (WHERE was.id IS NULL), count(*) FILTER (WHERE stands.id IS NULL) "
_JOINED = "FROM was FULL JOIN stands ON was.id = stands.id WHERE (was.id IS NULL OR stands.id IS NULL)"
_PAGE = (
    "SELECT COALESCE(was.id, stands.id) AS id " + _JOINED + " AND COALESCE(was.id, stands.id) > %s ORDER BY 1 LIMIT %s"
)
_OWN = {"id", "number", "version", "origin", "verified_at", "updated_at", "closed_on", "search_text", "hidden"}


@dataclass(frozen=True)
class Change:
    """A record that came into the list or left it: why, in a word for programs and in one for people."""

    number: str
    name: str
    url: str
    came: bool
    why: str
    reason: Text
    fields: Sequence[tuple[Text, Text, Text]] = field(default_factory=list)  # (what, before, after)
    into: str = ""  # the number of the record that it was merged into


def days_asked(query: Mapping[str, str], first: str, last: str) -> tuple[datetime.date, datetime.date] | None:
    """The two days that a query names by these parameters; None where it names none.

    Raises ValidationError by parameter for what is missing, no day, not yet known or in the wrong order.
    """
    texts = {name: query.get(name, "").strip() for name in (first, last)}
    if not any(texts.values()):
        return None
    days, problems = [], {}
    for name, text in texts.items():
        try:
            if not text:
                raise ValidationError(_("Say both days."), "required")
            days.append(understood(text))
        except ValidationError as refused:
            problems[name] = refused
    if not problems and days[0] > days[1]:
        problems[last] = ValidationError(_("This day lies before the other."), "invalid")
    if problems:
        raise ValidationError(problems)
    return days[0], days[1]


class Between:
    """The list of a register, narrowed as `page` asks it, on two days; `page` is the view of that list."""

    def __init__(self, register: Register, request: Any, first: datetime.date, last: datetime.date) -> None:
        self.register, self.model, self.first, self.last = register, register.model, first, last
        self.page = list_page(register)
        self.page.request = request
        with past.reading(last):
            self.page.ask()
            self.stands = self.page.matches
        with past.reading(first):
            asked = self.page.bound(self.page.asked.data.copy())
            # a record that a filter names and that was not there yet narrows the list to nothing
            self.was = asked.qs if asked.is_valid() else self.stands.none()

    @property
    def filters_in_words(self) -> list[dict[str, Any]]:
        """By what the list is narrowed, as `label` and `value`; none for the whole register."""
        with past.reading(self.last):
            names = self.page.names() if self.page.active else {}
            return [self.page.chip(name, value, names) for name, value in self.page.active.items()]

    def list_url(self, day: datetime.date) -> str:
        """The same list as of a day."""
        asked = {name: self.page.request.GET.get(name, "") for name in sorted(self.page.active)}
        return f"{list_address(self.register)}?{urlencode(asked | {PARAMETER: day.isoformat()})}"

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What of the filters was not understood; it narrows nothing."""
        return self.page.problems

    @property
    def refused(self) -> dict[str, list[ValidationError]]:
        """The same by parameter, for programs."""
        with past.reading(self.last):
            asked = self.page.request.GET.copy()
            return {name: errors.as_data() for name, errors in self.page.bound(asked).form.errors.items()}

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many records the list held on both days; each counted by itself."""
        with past.reading(self.first):
            before = self.was.order_by().count()
        with past.reading(self.last):
            return before, self.stands.order_by().count()

    @cached_property
    def moved(self) -> tuple[int, int]:
        """How many came, and how many left."""
        return self._ask(_COUNTS + _JOINED)[0]

    def changes(self, after: int = 0, most: int = PAGE_SIZE) -> tuple[list[Change], int]:
        """Some of them in the order of their coming to the register, and the place where the next begin (0: none)."""
        keys = [key for (key,) in self._ask(_PAGE, after, most + 1)]
        shown = keys[:most]
        before, now = self._rows(self.was, self.first, shown), self._rows(self.stands, self.last, shown)
        merged, known = self._merged([pair[0].number for pair in now.values()]), self._known_then(shown)
        changes = [self._change(key, before.get(key), now.get(key), merged, known) for key in shown]
        return changes, shown[-1] if len(keys) > most else 0

    def _ask(self, what: str, *params: Any) -> list[Any]:
        (was, before), (stands, now) = self._keys(self.was, self.first), self._keys(self.stands, self.last)
        with connection.cursor() as cursor:
            cursor.execute(_BOTH.format(was, stands) + what, [*before, *now, *params])
            return cursor.fetchall()

    def _keys(self, matches: QuerySet[Any], day: datetime.date) -> tuple[str, tuple[Any, ...]]:
        """The primary keys of the records of a list on a day, as SQL; if it may be, of those alone that changed."""
        if self._only_columns:
            matches = matches.filter(pk__in=self._touched)
        try:
            sql, params = matches.order_by().values("id").query.sql_with_params()
        except EmptyResultSet:
            return _NOTHING, ()
        with past.reading(day):
            return past.asked_then(sql), params

    @property
    def _touched(self) -> QuerySet[Any, Any]:
        events = past_rows.changed_since(self.model, past.end_of(self.first))
        return events.filter(pgh_created_at__lt=past.end_of(self.last))

    @cached_property
    def _only_columns(self) -> bool:
        """Whether the list is narrowed by what stands in the record itself: no other can come or leave unchanged."""
        filters = self.page.asked.filters
        names = {column.name for column in self.model._meta.concrete_fields}
        own_words = self.page.filterset_class.searched in names  # else they are those of a maker or a zone
        return all(own_words if name == "q" else self._is_of_column(filters[name]) for name in self.page.active)

    def _is_of_column(self, list_filter: Filter) -> bool:
        names = {column.name for column in self.model._meta.concrete_fields}
        plainly = list_filter.method is None and type(list_filter).filter in (Filter.filter, ChoiceFilter.filter)
        return plainly and list_filter.field_name in names

    def _rows(self, matches: QuerySet[Any], day: datetime.date, keys: list[int]) -> dict[int, tuple[Any, bool]]:
        """The records of a day by key, each with whether the list held it."""
        with past.reading(day):
            seen = self.model.objects.seen_by(self.page.request.user).filter(pk__in=keys)
            held = set(matches.order_by().filter(pk__in=keys).values_list("pk", flat=True))
            return {record.pk: (record, record.pk in held) for record in seen}

    def _known_then(self, keys: list[int]) -> set[int]:
        """Which of these records the register held on the first day, though perhaps not for whoever asks."""
        with past.reading(self.first):
            return set(self.model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))

    def _merged(self, numbers: list[str]) -> dict[str, str]:
        """`{number: number of the record that it had been merged into by the last day}`."""
        end = past.end_of(self.last)
        stood = Q(undone_at=None) | Q(undone_at__gte=end)
        merges = Merge.objects.filter(stood, dropped_number__in=numbers, merged_at__lt=end)
        return dict(merges.values_list("dropped_number", "kept_number"))

    def _change(self, key: int, was: Any, stands: Any, merged: Mapping[str, str], known: Collection[int]) -> Change:
        record = (stands or was)[0]
        before, now, came = was and was[0], stands and stands[0], bool(stands and stands[1])
        why, reason, into, fields = "", "", "", []
        if came and before is None and key not in known:
            why, reason = "new", _("New in the register")
        elif came and (before is None or before.hidden):
            why, reason = "shown", _("Not shown on %(day)s") % {"day": in_words(self.first)}
        elif came and before.closed_on:
            why, reason = "reopened", _("Opened again")
        elif not came and (now is None or now.hidden):
            why, reason = "away", _("Not shown on %(day)s") % {"day": in_words(self.last)}
        elif not came and now.closed_on and now.number in merged:
            into = merged[now.number]
            why, reason = "merged", _("Merged into %(number)s") % {"number": into}
        elif not came and now.closed_on:
            why, reason = "closed", now.closed_in_words
        else:
            fields = self._differences(before, now)
            why, reason = ("changed", _("Changed")) if fields else ("judged", _("What it is judged by changed"))
        address = record_address(self.register, getattr(record, self.model.named_by))
        url = f"{address}?{PARAMETER}={(self.last if came else self.first).isoformat()}" if address else ""
        return Change(record.number, str(record), url, came, why, reason, fields, into)

    def _differences(self, before: Any, now: Any) -> list[tuple[str, str, str]]:
        """What everybody may read of a record, or the office of its own registers, and was another before."""
        names = self.model.audience.public or self.model.audience.inside
        changed = []
        for name in names:
            of = column(self.model, name)
            if name not in _OWN and getattr(before, of.attname) != getattr(now, of.attname):
                was, stands = self._told(before, of), self._told(now, of)
                if _is_file(of) and was == stands:
                    stands = _("another")
                changed.append((capfirst(str(of.verbose_name)), was, stands))
        return changed

    def _known(self, named: Any) -> QuerySet[Any]:
        """The rows of what a record names, as far as the reader may know of them: no name of one that is hidden."""
        return named.objects.seen_by(self.page.request.user) if issubclass(named, Record) else named._base_manager.all()

    def _told(self, record: Any, of: Any) -> str:
        value = getattr(record, of.attname)
        if value in (None, "", []):
            return "–"
        if _is_file(of):  # its name is what the uploader called it: nobody else's to read
            return _("there")
        if isinstance(of, models.ForeignKey):
            return str(self._known(of.related_model).filter(pk=value).first() or "–")
        if isinstance(value, datetime.date):
            return in_words(value)
        if isinstance(value, list):
            return ", ".join(map(str, value))
        text = str(dict(of.flatchoices).get(value, value))
        return text if len(text) <= 80 else f"{text[:80]}…"


def _is_file(of: Any) -> bool:
    return isinstance(of, models.ForeignKey) and issubclass(of.related_model, Attachment)
