"""What an inquiry is about: a record that everybody may see, found by register and number."""

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.accounts.models import User
from disperin.inquiries.models import Inquiry, Kind
from disperin.registers.lists.addresses import record_address
from disperin.registers.models import Record
from disperin.registers.record import directory
from disperin.registers.record.numbers import NUMBER
from disperin.ui import formats


class UnknownSubject(LookupError):
    """No public record of this register has this number."""


def public_record(register: str, number: str) -> Record:
    """The record, open or closed, that visitors may see. Raises UnknownSubject."""
    try:
        model = directory.get(register).model
    except directory.UnknownRegister:
        raise UnknownSubject from None
    record = model.objects.select_related("regency").filter(number=number).first() if NUMBER.fullmatch(number) else None
    if record is None or not record.is_public:
        raise UnknownSubject
    return record


def shown_now(inquiry: Inquiry) -> tuple[str, str]:
    """`(title, address)` of the record that it is about as visitors know it now: its number and "" if they do not.

    What it was called when the inquiry came in may have been hidden since.
    """
    try:
        record = public_record(inquiry.register, inquiry.record_number)
    except UnknownSubject:
        return inquiry.record_number, ""
    return str(record), record_address(directory.of(type(record)), getattr(record, record.named_by))


def called_now(subjects: Iterable[tuple[str, str]], by: User) -> dict[tuple[str, str], str]:
    """What the records of these `(register, number)` are called now, for `by` of the office; one query per register.

    By its number where they may not know of it any more.
    """
    subjects = {(register, number) for register, number in subjects if number}
    titles = {subject: subject[1] for subject in subjects}
    for slug in {register for register, _number in subjects}:
        with suppress(directory.UnknownRegister):
            model = directory.get(slug).model
            known = model.objects.seen_by(by).select_related(*model.called_by)
            for record in known.filter(number__in=[number for register, number in subjects if register == slug]):
                titles[slug, record.number] = record.told_to_all() or record.number
    return titles


def address_of(inquiry: Inquiry) -> str:
    """The page of the record that it is about, for the office; "" if there is none."""
    try:
        return record_address(directory.get(inquiry.register), inquiry.record_number)
    except directory.UnknownRegister:
        return ""


def correction_address(inquiry: Inquiry, *, by: User) -> str:
    """Where `by` begins a submission for the record that the inquiry is about; "" if it is not theirs to propose."""
    try:
        records = directory.get(inquiry.register).model.objects.within_reach(by)
    except directory.UnknownRegister:
        return ""
    if not (by.can_propose and records.filter(number=inquiry.record_number).exists()):
        return ""
    asked = {"daftar": inquiry.register, "data": inquiry.record_number, "pertanyaan": inquiry.number}
    return f"{reverse('submissions:start')}?{urlencode(asked)}"


def erasure_address(inquiry: Inquiry, *, by: User) -> str:
    """Where `by` erases what is kept of a person in the record that a request names; "" if that is not theirs."""
    if inquiry.kind != Kind.PERSONAL or not (inquiry.record_number and by.can_publish):
        return ""
    return reverse("erasure:erase", args=[inquiry.register, inquiry.record_number])


def ready_answer(inquiry: Inquiry) -> str:
    """What can be answered once it is mended, in the language of the sender; "" while it is not."""
    if inquiry.mended_at is None:
        return ""
    with override(inquiry.language):
        values = {"what": shown_now(inquiry)[0], "day": formats.day(timezone.localdate(inquiry.mended_at))}
        return _("Thank you for telling us. The data of “%(what)s” were mended on %(day)s.") % values
