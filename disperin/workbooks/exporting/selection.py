"""What somebody wants to download: the records of a register's list, narrowed and sorted exactly as its page does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.registers.lists import as_of
from disperin.registers.lists.addresses import ASKS_APART, list_address, table_address
from disperin.registers.lists.columns import Column, kind_of
from disperin.registers.lists.lacks import lacks_of
from disperin.registers.lists.tables import (
    BESIDE,
    RegisterTable,
    bounds_of,
    is_bound,
    list_page,
    table_of,
    unknown_then,
)
from disperin.registers.lists.views import NOT_FILTERS
from disperin.registers.models import RecordQuerySet
from disperin.registers.record import past
from disperin.registers.record.directory import Register
from disperin.registers.values.identity import hide_personal_numbers
from disperin.registers.values.outline_field import OutlineField
from disperin.registers.values.terms import Problems
from disperin.ui.formats import day, moment
from disperin.ui.texts import Text
from disperin.workbooks.models import Kind

AS_TABLE = "table"  # the parameter that asks for the table of people with an account instead of the public list


@dataclass(frozen=True)
class _Request:
    """What the page of a list reads of a request."""

    GET: QueryDict
    user: Any
    path: str


class Wanted:
    """A list as an address names it: `query` is that of the page, `by` a user or an anonymous one.

    Whoever has an account may want the table of a register instead: what lies within reach, in the columns chosen. Of a
    register that keeps records apart, `apart=true` asks for these, and narrows as their list does.
    """

    def __init__(self, register: Register, query: QueryDict, *, by: User | AnonymousUser) -> None:
        self.register, self.query, self.by = register, query, by
        self.apart = register.model.apart if query.get(ASKS_APART) == "true" else None
        self.is_table = bool(query.get(AS_TABLE)) and by.is_authenticated and not self.apart
        is_apart = self.apart is not None
        page: Callable[[], Any] = table_of(register) if self.is_table else partial(list_page, register, apart=is_apart)
        address = table_address(register) if self.is_table else list_address(register, apart=is_apart)
        self._page = page()
        self._page.request = _Request(query, by, address)
        self._page.ask()

    @property
    def columns(self) -> list[Column] | None:
        """The columns of the file; None for all that a list has."""
        return self._page.chosen if isinstance(self._page, RegisterTable) else None

    @property
    def problems(self) -> Problems:
        """What of the query was not understood, by parameter, as ValidationErrors; it narrows nothing."""
        asked = self.query.copy()
        for name in NOT_FILTERS:
            asked.pop(name, None)
        problems = {name: errors.as_data() for name, errors in self._page.bound(asked).form.errors.items()}
        if self.is_table and not {*self.query.getlist("lack")} <= lacks_of(self.register).keys():
            problems["lack"] = [ValidationError(_("There is no such field."), "unknown")]
        for name in bounds_of(self.register) if self.is_table else ():
            if (text := self.query.get(name, "").strip()) and not is_bound(text):
                problems[name] = [ValidationError(_("Write a whole number."), "invalid")]
        if self.is_table and not all(kind_of(self.register, text) for text in self.query.getlist("kind")):
            problems["kind"] = [ValidationError(_("There is no such choice."), "unknown")]
        if isinstance(self._page, RegisterTable):
            for name, _label, _value in self._page.of_today_alone:
                problems[name] = [ValidationError(unknown_then(), "unknown")]
        if self.query.get(ASKS_APART, "true") != "true" or (self.query.get(ASKS_APART) and not self.apart):
            problems[ASKS_APART] = [ValidationError(_("Nothing of this register stands apart so."), "unknown")]
        if self.query.get("order") and not self._page.order_of(self.query["order"]):
            problems["order"] = [ValidationError(_("There is no such order."), "unknown")]
        return problems

    @property
    def known(self) -> set[str]:
        """The parameters by which the list is narrowed and sorted."""
        apart = {ASKS_APART} if self.register.model.apart else set()
        return {*self._page.filterset_class.base_filters, "order", as_of.PARAMETER, *apart}

    @property
    def records(self) -> RecordQuerySet:
        """The records, in the order asked for; in that of the register where none is."""
        order = self._page.order_of(self.query.get("order", ""))
        if order is None:
            return self._page.matches.order_by("pk")
        sorting = order.expression.desc() if order.descending else order.expression.asc()
        return self._page.matches.order_by(sorting, "pk")

    def is_longer_than(self, most: int, kind: str) -> bool:
        """Has its file, as a Kind, more than so many rows? What belongs to a record is a row of a workbook too."""
        records = self.records.order_by()
        number = records[: most + 1].count()
        for part in self.register.form.parts.values() if kind == Kind.XLSX else ():
            model = part._meta.model
            if number <= most and (model.audience.is_public or self.by.is_authenticated):
                rows = model.objects.filter(closed_on=None, **{f"{model.parent}__in": records.values("pk")})
                number += rows.order_by()[: most + 1 - number].count()
        return number > most

    @property
    def outline(self) -> str:
        """The column of the outline of a record; "" for none."""
        fields, public = self.register.form.base_fields, self.register.model.audience.public
        return next((name for name, field in fields.items() if isinstance(field, OutlineField) and name in public), "")

    @property
    def filters_in_words(self) -> str:
        """By what the list is narrowed, such as "Regency/city: …; Search: kain"; "" for nothing."""
        names = self._page.names() if self._page.active else {}
        chips = [self._page.chip(name, value, names) for name, value in self._page.active.items()]
        if isinstance(self._page, RegisterTable):
            chips += self._page.lack_chips()
        in_words = "; ".join(f"{capfirst(str(chip['label']))}: {chip['value']}" for chip in chips)
        return hide_personal_numbers(in_words)

    @property
    def narrowing(self) -> str:
        """The query of the same list, alike for whoever asks for it. Nobody's personal number stays in it."""
        names = sorted(self._page.active) + [name for name in ("order", as_of.PARAMETER) if self.query.get(name)]
        asked: dict[str, Any] = {name: self.query.get(name, "").strip() for name in names}
        if self.apart:
            asked[ASKS_APART] = "true"
        if self.is_table:
            asked |= {
                name: self.query.getlist(name)
                for name in (*BESIDE, *bounds_of(self.register), AS_TABLE)
                if name in self.query
            }
        return hide_personal_numbers(urlencode(asked, doseq=True))

    @property
    def moment_in_words(self) -> str:
        """As of when the file tells of the register: the day that was asked for, or now."""
        asked = past.day()
        return _("the end of %(day)s") % {"day": day(asked)} if asked else moment(timezone.now())

    @property
    def label(self) -> Text:
        """What its records are called."""
        return self.apart.label if self.apart else self.register.label

    def about(self) -> list[tuple[str, str]]:
        """What the file says of itself: `[(what, text)]`."""
        lines = [
            (_("Register"), capfirst(str(self.label))),
            (_("Narrowed by"), self.filters_in_words or _("nothing: the whole register")),
            (_("As of"), self.moment_in_words),
            (_("Source"), str(settings.PROVINCE.office)),
            (_("Address"), settings.PUBLIC_ORIGIN + self.address),
        ]
        return [*lines, (_("Note"), _("Sample data: no real records."))] if settings.DEMO else lines

    def file_address(self, kind: str) -> str:
        """The whole address of the same rows as a file of a kind."""
        _path, mark, query = self.address.partition("?")
        path = reverse("downloads:list", kwargs={"slug": self.register.slug, "kind": kind})
        if self.apart:
            query = "&".join(filter(None, [f"{ASKS_APART}=true", query]))
            mark = "?"
        return f"{settings.PUBLIC_ORIGIN}{path}{mark}{query}"

    @property
    def address(self) -> str:
        """The list that was downloaded. Nobody's personal number stays in it, should one have been searched for."""
        asked = self.query.copy()
        for name in {*NOT_FILTERS, AS_TABLE, ASKS_APART} - {"order", as_of.PARAMETER}:
            asked.pop(name, None)
        text = hide_personal_numbers(asked.urlencode())
        return f"{self._page.request.path}{'?' + text if text else ''}"


def kinds_of(register: Register) -> list[Kind]:
    """The kinds of file that a register's list is handed out as: GeoJSON where its records have a place."""
    return [kind for kind in Kind if kind != Kind.GEOJSON or register.model.point]


def refuse_kind(register: Register, kind: str) -> None:
    """Raises Http404 for a Kind that only this register lacks, and says so."""
    if kind not in kinds_of(register):
        raise Http404(_("This register has no map, and so no GeoJSON. Ask for its list as XLSX or CSV."))
