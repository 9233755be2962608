"""Two records that a person knows to be one although no search has paired them: a pair like any other from then on."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import Refused
from disperin.duplicates.actions.deciding import numbers_of, why_not_decide
from disperin.duplicates.actions.pairing import described
from disperin.history.models import record as write_history
from disperin.registers.models import DuplicatePair, Record
from disperin.registers.pairing.pairs import PairState, successor_of
from disperin.registers.pairing.search import asked_of
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.likeness import Reason, likeness
from disperin.registers.values.kept_texts import unfit_texts


@transaction.atomic
def name_pair(first: str, second: str, *, by: User, why: str) -> DuplicatePair:
    """Make a pair of two records by their register numbers, in whatever order; gives the DuplicatePair, open.

    One that was dismissed, or whose records were merged and opened again, is open again; one that is open stays, and is
    named from now on. Raises Refused for whoever does not decide about pairs, ValidationError at "first", "second"
    (no number, unknown or out of reach, closed, merged, of another register, the same twice) and "why" (empty, unfit).
    """
    if reason := why_not_decide(by):
        raise Refused(reason)
    problems: dict[str, Any] = {**unfit_texts({"first": first, "second": second, "why": why})}
    if not why.strip():
        problems["why"] = ValidationError(_("Say why."), "required")
    named = {}
    for path, typed in (("first", first), ("second", second)):
        try:
            named[path] = _named(path, typed)
        except ValidationError as refused:
            problems = refused.error_dict | problems
    if problems:
        raise ValidationError(problems)
    (register, first), (other, second) = named.values()
    if other is not register:
        asked = {"value": second, "register": register.label, "first": first}
        text = _("“%(value)s” lies in another register than %(first)s. Enter a number of the register “%(register)s”.")
        raise _problem("second", text % asked, "other_register")
    if first == second:
        text = _("“%(value)s” is the same record twice. Enter the number of the other one.")
        raise _problem("second", text % {"value": second}, "same_record")
    older, younger = _held(register, {"first": first, "second": second}, by)
    alike = likeness(*(asked_of(record)[0] for record in (older, younger)))
    fresh = described(DuplicatePair(register=register.slug, named_by=by, named_why=why.strip()), older, younger, alike)
    # A pair that is there already is touched, and so held: a search that removes it just now comes before or after.
    place = ["register", "first_id", "second_id"]
    DuplicatePair.objects.bulk_create([fresh], update_conflicts=True, unique_fields=place, update_fields=["first_name"])
    pair = DuplicatePair.objects.get(register=register.slug, first_id=older.pk, second_id=younger.pk)
    if pair.state != PairState.OPEN or Reason.NAMED not in pair.reasons:  # it was there before
        pair.named_by, pair.named_why = by, why.strip()
        described(pair, older, younger, alike).save()
    write_history("name_pair", pair, by=by, **numbers_of(pair), why=why.strip())
    return pair


def _named(path: str, typed: str) -> tuple[Register, str]:
    """The register and number that are meant; raises ValidationError at `path` for no number of a likened register."""
    register, number = directory.named(typed)
    if register and register.model.likened_by:
        return register, number
    asked = {"value": typed[:40], "example": settings.PROVINCE.example.number}
    if not number:
        text = _("“%(value)s” is no register number. Enter one such as %(example)s.")
        raise _problem(path, text % asked, "no_number")
    asked["known"] = ", ".join(str(other.label) for other in directory.all_registers() if other.model.likened_by)
    text = _("“%(value)s” lies in a register whose records are not merged. Enter a number of: %(known)s.")
    raise _problem(path, text % asked, "other_register")


def _held(register: Register, numbers: Mapping[str, str], by: User) -> list[Record]:
    """Both records, the older first, held until the transaction ends. Raises ValidationError by path."""
    held = register.model.objects.within_reach(by).select_for_update(of=["self"], no_key=True).order_by("pk")
    records = {record.number: record for record in held.filter(number__in=numbers.values())}
    for path, number in numbers.items():
        asked = {"value": number, "register": register.label}
        if number not in records:
            text = _("There is no record “%(value)s” in the register “%(register)s”. Check the number.")
            raise _problem(path, text % asked, "unknown_number")
        if records[number].closed_on is not None:
            if kept := successor_of(number):
                text = _("“%(value)s” was merged into %(kept)s already. Enter that number.")
                raise _problem(path, text % (asked | {"kept": kept}), "merged")
            text = _("“%(value)s” is closed. Propose to reopen it first, or enter another number.")
            raise _problem(path, text % asked, "closed")
    return list(records.values())


def _problem(path: str, text: str, code: str) -> ValidationError:
    return ValidationError({path: ValidationError(text, code)})
