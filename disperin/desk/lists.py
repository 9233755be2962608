"""What the work lists of the office share: narrowed by a form, counted up to a thousand, a page at a time."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.desk.pages import Desk
from disperin.registers.lists import listing
from disperin.registers.lists.listing import Order
from disperin.ui import formats
from disperin.ui.forms import choices_of
from disperin.ui.listing import Chip, with_query

PAGE_SIZE = 25
COUNTED = 1000  # beyond it a count says "1.000+"
DEEPEST = 400  # pages; whoever looks further narrows the list


class _Moment(django_filters.fields.IsoDateTimeField):
    def to_python(self, value: Any) -> datetime.datetime | None:
        """As of its class; a moment that has no day here, at either end of all days, is none."""
        moment = super().to_python(value)
        try:
            return moment and timezone.localtime(moment)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], "invalid") from None


class MomentFilter(django_filters.IsoDateTimeFilter):
    """Narrows by a moment that a link carries; nobody types one."""

    field_class = _Moment

    def __init__(self, **options: Any) -> None:
        message = _("Write the moment as year-month-day and time, such as 2026-11-22T08:00:00+08:00.")
        super().__init__(widget=forms.HiddenInput, error_messages={"invalid": message}, **options)


class DeskList(Desk):
    """A list of `columns` that a form narrows; whoever has but one regency is not asked which."""

    filterset_class: ClassVar[type]
    columns: ClassVar[tuple[str, ...]]

    def narrowed(self, reachable: QuerySet[Any], *orders: Order) -> dict[str, Any]:
        """What every work list shows of these rows (a queryset): rows as dicts, count, addresses.

        They are sorted by the Order that the address names, else by the first. `problems` is the form whose filter was
        not understood, which shows nothing, or None. Raises BadRequest for a place in the list, or an order, that is
        none.
        """
        order = order_asked(self.request, orders)
        asked = within_own_regency(self.filterset_class(self.request.GET, queryset=reachable, request=self.request))
        understood = asked.is_valid()
        rows = asked.qs if understood else reachable.none()
        try:
            page = listing.page_of(rows, self.columns, order, self.request.GET.get("cursor", ""))
        except listing.BadCursor:
            raise BadRequest(_("This place in the list is not known.")) from None
        return {
            "filter": asked,
            "problems": None if understood else asked.form,
            "chips": list(self.chips(asked.form)) if understood else [],
            "rows": page.rows,
            "orders": [(choice.value, choice.label) for choice in orders],
            "order": order.value,
            "total": rows.order_by()[: COUNTED + 1].count(),
            "previous_url": page.previous and with_query(self.request, cursor=page.previous),
            "next_url": page.next and with_query(self.request, cursor=page.next),
        }

    def chips(self, form: Form) -> Iterable[Chip]:
        """What the list is narrowed by, each with the address without it."""
        return chips_of(self.request, form)


def order_asked(request: HttpRequest, orders: Sequence[Order]) -> Order:
    """The Order that the address names, the first where it names none; raises BadRequest for one that is none."""
    asked = request.GET.get("order", "") if len(orders) > 1 else ""
    order = next((choice for choice in orders if asked in ("", choice.value)), None)
    if order is None:
        raise BadRequest(_("“%(name)s” is no order of this list.") % {"name": asked[:20]})
    return order


def within_own_regency(asked: Any) -> Any:
    """The FilterSet, which asks nobody for a regency who has one; another one is refused there, not passed over."""
    user, regency = asked.request.user, asked.data.get("regency")
    if not user.sees_all:
        del asked.filters["regency"]
        if regency not in (None, "", user.regency_id):
            text = _("“%(regency)s” lies outside your reach: this list holds what lies in your own regency.")
            asked.form.add_error(None, text % {"regency": regency[:40]})
    return asked


def chips_of(request: HttpRequest, form: Form) -> list[Chip]:
    """What the list is narrowed by, each with the address without it."""
    chips: list[Chip] = []
    for name, value in form.cleaned_data.items():
        if value in (None, "", []) or name == "order":
            continue
        field = form.fields[name]
        if value is False and not isinstance(field, forms.NullBooleanField):
            continue  # a box that is not ticked narrows nothing
        for chosen in value if isinstance(value, list) else [value]:
            choices = {} if hasattr(field, "queryset") else choices_of(field)
            if isinstance(chosen, bool):
                choices = {True: _("Yes"), False: _("No"), **choices}
            text = _day_in_words(chosen) if isinstance(chosen, datetime.date) else str(choices.get(chosen, chosen))
            rest = [other for other in value if other != chosen] if isinstance(value, list) else None
            chips.append({"label": field.label, "value": text, "url": with_query(request, **{name: rest or None})})
    return chips


def _day_in_words(value: datetime.date) -> str:
    return formats.moment(value) if isinstance(value, datetime.datetime) else formats.day(value)


def page_number(request: HttpRequest) -> int:
    """The page of a list that the address names; raises BadRequest for one that is none."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= DEEPEST):
        raise BadRequest(_("“%(page)s” is no page of this list.") % {"page": text[:20]})
    return int(text)
