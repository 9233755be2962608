"""Hide a value, a row or a whole record from the public, at once and everywhere; and show it again.

The columns of a register are what the public reads, so what is hidden is taken out of them
(`registers/record/withholding.py`). What names a hidden record, such as the stars of a maker, is hidden with it.
"""

from typing import cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record as write_history
from disperin.notices.actions import mark_done
from disperin.registers.hiding.hidden import Place, places_of, what_at
from disperin.registers.models import Hidden, Record
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.withholding import Hideable
from disperin.registers.values.columns import column
from disperin.registers.values.terms import Path
from disperin.submissions.actions.gathering import hold_lenders
from disperin.submissions.actions.notifying import tell_officers
from disperin.submissions.actions.spreading import Spread


def why_not_hide(user: User) -> str:
    """Why this person may not hide anything from the public; "" if they may."""
    return "" if user.can_publish else _("Only an administrator hides something from the public, or shows it again.")


@transaction.atomic
def hide(register: Register, record: Record, path: Path, *, reason: str, by: User) -> Hidden:
    """Take what `path` names (a field, a row, a field of a row; "": the record) off the public; gives the Hidden.

    Inside it can still be seen. Raises Refused for anybody but an administrator, NotNow where it is hidden already,
    ValidationError at "path" for what cannot be hidden by itself, at "reason" for none.
    """
    _refuse(reason, by)
    record = _held(register, record.pk)
    place = _place(register, record, path)
    if place.is_hidden and (place.fields or _hidden(register, record, path).exists()):
        raise NotNow(_("This is hidden already."))
    if place.fields and not place.can_be_hidden:
        raise _unfit(_("Nothing is entered here that could be hidden."), "empty")
    made = Hidden.objects.create(
        register=register.slug,
        regency_id=record.regency_id,
        record_id=record.pk,
        record_number=record.number,
        path=path,
        reason=reason.strip(),
        by=by,
    )
    if place.fields:
        place.row.withhold(*place.fields)
    try:
        with transaction.atomic():
            Spread(by).from_place(register, record, place)
    except IntegrityError as error:
        text = _("The rest cannot stand without this. Hide the whole record, or the whole row.")
        raise _unfit(text, "needed") from error
    _tell(register, record, "hide", made, place, by)
    return made


@transaction.atomic
def lift(hidden: Hidden, *, reason: str, by: User) -> Hidden:
    """Let the public see again what is hidden; gives the Hidden.

    What is also hidden because of something else that it names stays so. Raises Refused, ValidationError as `hide`,
    NotNow where it has ended.
    """
    _refuse(reason, by)
    register = directory.get(hidden.register)
    if hidden.path in register.model.words_of:
        hold_lenders(register, [({}, {hidden.path: _left_out(register, hidden)})])
    record = _held(register, hidden.record_id)
    hidden = Hidden.objects.select_for_update(of=["self"]).get(pk=hidden.pk)
    if hidden.ended_at:
        raise NotNow(_("This is shown again already."))
    place = _place(register, record, hidden.path)
    hidden.ended_by, hidden.ended_at, hidden.end_reason = by, timezone.now(), reason.strip()
    hidden.save(update_fields=["ended_by", "ended_at", "end_reason"])
    if place.fields:
        place.row.give_back(*place.fields)
    Spread(by).from_place(register, record, place)
    _tell(register, record, "show", hidden, place, by)
    return hidden


def _refuse(reason: str, by: User) -> None:
    if refusal := why_not_hide(by):
        raise Refused(refusal)
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why."), "required")})
    refuse_unfit_texts({"reason": reason})


def _held(register: Register, key: int) -> Record:
    """The record as it is now, held until the end of the transaction."""
    if not register.model.audience.is_public:
        raise _unfit(_("Nothing of this register is public."), "inside")
    return register.model.objects.select_for_update(of=["self"], no_key=True).get(pk=key)


def _left_out(register: Register, hidden: Hidden) -> Hideable | None:
    """What a foreign key of the record led to before it was hidden."""
    withheld = register.model.objects.get(pk=hidden.record_id).withheld
    lender = cast("type[Hideable]", column(register.model, hidden.path).related_model)
    return lender._base_manager.filter(pk=withheld.get(hidden.path)).first()


def _place(register: Register, record: Record, path: Path) -> Place:
    place = next((place for place in places_of(register, record) if place.path == path), None)
    if place is None:
        text = _("This cannot be hidden by itself: it is not public, or without it the rest would not be true.")
        raise _unfit(text, "unknown")
    return place


def _hidden(register: Register, record: Record, path: Path) -> QuerySet[Hidden]:
    return Hidden.objects.live().of_record(register.slug, record.pk).filter(path=path)


def _unfit(text: str, code: str) -> ValidationError:
    return ValidationError({"path": ValidationError(text, code)})


def _tell(register: Register, record: Record, verb: str, hidden: Hidden, place: Place, by: User) -> None:
    """Write it into the history of the record, and tell the officers of its regency; never what the value was."""
    why = hidden.reason if verb == "hide" else hidden.end_reason
    write_history(verb, record, by=by, fields=[hidden.path] if hidden.path else [], why=why)
    meta = register.model._meta
    path = reverse(f"{meta.app_label}:{meta.model_name}-detail", args=[getattr(record, record.named_by)])

    def words() -> tuple[str, str]:
        values = {"number": record.number, "what": what_at(register.form, hidden.path), "why": why, "who": by}
        if verb == "hide":
            title = _("Hidden from the public: %(number)s")
            body = _("%(who)s hid “%(what)s” of %(number)s from the public. Reason: %(why)s")
        else:
            title = _("Public again: %(number)s")
            body = _("%(who)s lets the public see “%(what)s” of %(number)s again. Reason: %(why)s")
        return title % values, body % values

    mark_done(path)  # what was said of the same record before
    tell_officers(record.regency_id, words, path=path)
