"""Partnerships between makers: who supplies whom, since when. Kinds of the law are not told apart: none were found."""

import datetime

from django.core.exceptions import ValidationError

from disperin.ui.said import gettext as _
from industries.rules import check_day


def check_partnership(
    *,
    supplier: int | None,
    buyer: int | None,
    has_tenant: bool,
    tenant: int | None,
    since: datetime.date | None,
    until: datetime.date | None,
    today: datetime.date,
) -> None:
    """Raises ValidationError by field: one buyer, another one than the supplier; days that follow one another.

    `supplier`, `buyer` and `tenant` are establishments by their primary key; `tenant` is that of the tenant who buys,
    where it is registered.
    """
    problems = {}
    if buyer is None and not has_tenant:
        text = _("Say who buys: an establishment of the register, or a tenant of a zone.")
        problems["buyer"] = ValidationError(text, "required")
    elif buyer is not None and has_tenant:
        text = _("Name either an establishment or a tenant, not both.")
        problems["buyer_tenant"] = ValidationError(text, "both")
    elif supplier is not None and supplier in (buyer, tenant):
        text = _("Nobody is their own partner: supplier and buyer are the same.")
        problems["buyer" if supplier == buyer else "buyer_tenant"] = ValidationError(text, "same")
    try:
        check_day(since, today)
    except ValidationError as future:
        problems["since"] = future
    if until is not None and since is None:
        problems["since"] = ValidationError(_("Say since when, where an end is entered."), "required")
    elif until is not None and since is not None and until < since:
        problems["until"] = ValidationError(_("It cannot end before it begins."), "order")
    if problems:
        raise ValidationError(problems)


def is_running(*, until: datetime.date | None, on: datetime.date) -> bool:
    """Does a partnership still run on a day? Its last day belongs to it."""
    return until is None or on <= until
