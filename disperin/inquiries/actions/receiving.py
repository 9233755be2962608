"""An inquiry comes in: number, due days, the right people told, a confirmation to the sender."""

import datetime
import secrets
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record as write_history
from disperin.inquiries import rules
from disperin.inquiries.actions.notifying import tell_office, tell_sender_of
from disperin.inquiries.models import LONGEST_MESSAGE, Holiday, Inquiry, Investment, Kind
from disperin.registers.models import Record
from disperin.registers.record import directory


@transaction.atomic
def receive(
    *,
    kind: str,
    message: str = "",
    record: Record | None = None,
    topic: str = "",
    sender_name: str = "",
    email: str = "",
    phone: str = "",
    consented: bool = False,
    investment: Mapping[str, Any] | None = None,
    stamp: str = "",
    by: User | None = None,
) -> Inquiry:
    """Take in an inquiry about `record` (of any register; None: about nothing in particular).

    The values are those of `InquiryForm`; `investment` is what somebody needs who asks about a place to build at
    (`{field of Investment: value}`), and says enough without a message. `stamp` names the opened form: the same text
    sent twice from it gives the inquiry that is there already. `by` is None for a visitor. Raises ValidationError at
    `message` or `sender_name` for a NIK, and at `message` (code `duplicate`) while the same text about the same record,
    of questions and requests by the same sender, is still being handled.
    """
    needed = {name: value for name, value in (investment or {}).items() if value not in (None, "")}
    words: dict[str, str] = {name: needed[name] for name in ("plot", "company", "sector") if name in needed}
    refuse_unfit_texts({"message": message, "sender_name": sender_name} | words, longest=LONGEST_MESSAGE)
    register = directory.of(type(record)).slug if record else ""
    record_number = record.number if record else ""
    needs = " ".join(f"{name} {value}" for name, value in sorted(needed.items()))
    # what many ask in the same words each of them is answered, and nobody is to learn that somebody else did
    whose = () if kind == Kind.REPORT else (topic, sender_name, email, phone)
    gist = _keyed(kind, register, record_number, rules.gist(f"{message} {needs}"), *whose)
    stamp = stamp or secrets.token_urlsafe(12)
    if Inquiry.objects.open().filter(gist=gist).exclude(stamp=stamp).exists():
        text = _(
            "The same text about the same record was received already and is being handled. Write what is new, or "
            "look up your tracking number."
        )
        raise ValidationError({"message": ValidationError(text, "duplicate")})
    regency = record.regency if record and kind != Kind.PERSONAL else None
    reply_due_on, answer_due_on = due_days(timezone.localdate())
    inquiry, is_new = Inquiry.objects.get_or_create(
        stamp=stamp,
        gist=gist,
        defaults={
            "number": rules.tracking_number(regency.plain_code if regency else settings.PROVINCE.inquiry_place),
            "kind": kind,
            "register": register,
            "record_number": record_number,
            "record_title": str(record)[:200] if record else "",
            "regency": regency,
            "topic": topic,
            "message": message,
            "sender_name": sender_name,
            "email": email,
            "phone": phone,
            "consented": consented,
            "language": (get_language() or "id")[:2],
            "reply_due_on": reply_due_on,
            "answer_due_on": answer_due_on,
        },
    )
    if is_new:
        if needed:
            Investment.objects.create(inquiry=inquiry, **needed)
        write_history("receive_inquiry", inquiry, by=by, kind=kind, record=record_number)
        tell_office(inquiry)
        tell_sender_of(inquiry)
    return inquiry


def due_days(
    received_on: datetime.date, holidays: Collection[datetime.date] | None = None
) -> tuple[datetime.date, datetime.date]:
    """The days by which the office replies and answers. `holidays` is a set of days, read if it is not given."""
    if holidays is None:
        holidays = frozenset(Holiday.objects.filter(day__gt=received_on).values_list("day", flat=True))
    by_reply, by_answer = (
        rules.due_day(received_on, days, holidays) for days in (rules.REPLY_WITHIN, rules.ANSWER_WITHIN)
    )
    return by_reply, by_answer


def _keyed(*parts: str) -> str:
    """A hash that without the secret key nobody can turn back into the words it was made of."""
    return salted_hmac("inquiries.gist", "\n".join(parts), algorithm="sha256").hexdigest()
