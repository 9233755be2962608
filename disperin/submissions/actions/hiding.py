"""Hide a value, a row or a whole record from the public, at once and everywhere; and show it again.

The columns of a register are what the public reads, so what is hidden is taken out of them
(`disperin/registers/withholding.py`). What names a hidden record, such as the stars of a maker, is hidden with it.
"""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.accounts.models import Role, User
from disperin.attachments.actions import publish, unpublish
from disperin.history.models import record as write_history
from disperin.notices.actions import tell
from disperin.registers import directory, revisions, rollup, storing
from disperin.registers.hidden import places_of
from disperin.registers.models import Hidden, Merge, Part
from disperin.registers.withholding import named_by, names_of
from disperin.submissions.actions.applying import public_files
from disperin.submissions.actions.moving import refuse_unfit_texts
from disperin.submissions.errors import NotNow, Refused


def why_not_hide(user):
    """Why this person may not hide anything from the public; "" if they may."""
    return "" if user.can_publish else _("Only an administrator hides something from the public, or shows it again.")


@transaction.atomic
def hide(register, record, path, *, reason, by):
    """Take what `path` names (a field, a row, a field of a row; "": the record) off the public; gives the Hidden.

    Inside it can still be seen. Raises Refused for anybody but an administrator, NotNow where it is hidden already,
    ValidationError at "path" for what cannot be hidden by itself, at "reason" for none.
    """
    _refuse(reason, by)
    record = _held(register, record)
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
            _Spread(by).from_place(register, record, place)
    except IntegrityError as error:
        text = _("The rest cannot stand without this. Hide the whole record, or the whole row.")
        raise _unfit(text, "needed") from error
    _tell(register, record, "hide", made, place, by)
    return made


@transaction.atomic
def lift(hidden, *, reason, by):
    """Let the public see again what is hidden; gives the Hidden.

    What is also hidden because of something else that it names stays so. Raises Refused, ValidationError as `hide`,
    NotNow where it has ended.
    """
    _refuse(reason, by)
    register = directory.get(hidden.register)
    record = _held(register, register.model(pk=hidden.record_id))
    hidden = Hidden.objects.select_for_update(of=["self"]).get(pk=hidden.pk)
    if hidden.ended_at:
        raise NotNow(_("This is shown again already."))
    place = _place(register, record, hidden.path)
    hidden.ended_by, hidden.ended_at, hidden.end_reason = by, timezone.now(), reason.strip()
    hidden.save(update_fields=["ended_by", "ended_at", "end_reason"])
    if place.fields:
        place.row.give_back(*place.fields)
    _Spread(by).from_place(register, record, place)
    _tell(register, record, "show", hidden, place, by)
    return hidden


class _Spread:
    """Stores what was hidden or shown and, from one to the next, what names it; then what is kept beside them all."""

    def __init__(self, by):
        self._by = by
        self._before, self._files = defaultdict(list), defaultdict(set)
        self._records = defaultdict(dict)  # register -> {pk: record}

    def from_place(self, register, record, place):
        """Store the record, or the row of it, as `place` says; whether it is hidden as a whole is found out here."""
        stored = register.model.objects.get(pk=record.pk)
        self._concern(register, [stored])
        self._records[register][record.pk] = record
        row, is_row = place.row, place.row is not record
        if not place.fields:
            self._settle_whole([row])
        self._write([row])
        if not place.fields:
            self._go_on(type(row), [row.pk], hidden=row.hidden)
            if not is_row:
                self._merged_into(register, record)
        if not record.hidden:
            record.gather({name: _open_rows(part, record) for name, part in register.form.parts.items()})
            self._write([record])
        self._settle()

    def _go_on(self, model, keys, *, hidden):
        """Find what names these rows, settle whether it is hidden, and so on."""
        for other, name in named_by(model):
            if not other.audience.is_public:
                continue
            found = other._base_manager.filter(**{f"{name}__in": keys})
            if name in other.left_out:
                if not hidden:  # their columns are empty: found by what is kept
                    found = other._base_manager.exclude(withheld={}).filter(**{f"withheld__{name}__in": keys})
                self._leave_out(other, name, found, hidden=hidden)
                continue
            if issubclass(other, Part):
                found = found.filter(Q(closed_on=None) | Q(hidden=True))
            above = [*names_of(other), *([other.parent] if issubclass(other, Part) else [])]
            rows = list(found.select_related(*above).select_for_update(of=["self"], no_key=True).order_by("pk"))
            was = {row.pk: row.hidden for row in rows}
            self._concern_rows(other, rows)
            self._settle_whole(rows)
            moved = [row for row in rows if row.hidden != was[row.pk]]
            self._write(moved)
            if moved:
                self._go_on(other, [row.pk for row in moved], hidden=hidden)

    def _leave_out(self, model, name, found, *, hidden):
        """Empty the column of those that name what is hidden, or fill it again."""
        rows = list(found.select_for_update(of=["self"], no_key=True).order_by("pk"))
        register = directory.of(model)
        held = Hidden.objects.live().filter(register=register.slug, path=name, record_id__in=[one.pk for one in rows])
        by_themselves = set(held.values_list("record_id", flat=True))
        rows = [one for one in rows if one.pk not in by_themselves]
        self._concern(register, rows)
        for one in rows:
            (one.withhold if hidden else one.give_back)(name)
        self._write(rows)

    def _merged_into(self, register, record):
        """A page that leads to a hidden record is hidden too."""
        standing = Merge.objects.standing().filter(register=register.slug, kept_id=record.pk)
        found = register.model._base_manager.filter(pk__in=standing.values("dropped_id"))
        rows = list(found.select_for_update(of=["self"], no_key=True).order_by("pk"))
        self._concern(register, rows)
        for one in rows:
            one.hidden = record.hidden
        self._write(rows)

    def _settle_whole(self, rows):
        """Each is hidden if an administrator says so, or if something that it names, or its own record, is."""
        if not rows:
            return
        model = type(rows[0])
        is_row = issubclass(model, Part)
        own = self._hidden_by_themselves(model, rows)
        for row in rows:
            above = [getattr(row, name) for name in names_of(model) if name not in model.left_out]
            above += [getattr(row, model.parent)] if is_row else []
            if row.pk in own or any(one is not None and one.hidden for one in above):
                row.hide(is_row=is_row)
            else:
                row.show()

    def _hidden_by_themselves(self, model, rows):
        if not issubclass(model, Part):
            paths = {row.pk: (row.pk, "") for row in rows}
            slug = directory.of(model).slug
        else:
            register, name = _part_of(model)
            slug = register.slug
            paths = {row.pk: (getattr(row, f"{model.parent}_id"), f"{name}.{row.key}") for row in rows}
        records, wanted = {record for record, _path in paths.values()}, {path for _record, path in paths.values()}
        live = Hidden.objects.live().filter(register=slug, record_id__in=records, path__in=wanted)
        found = set(live.values_list("record_id", "path"))
        return {pk for pk, place in paths.items() if place in found}

    def _concern_rows(self, model, rows):
        if not issubclass(model, Part):
            self._concern(directory.of(model), rows)
            return
        register, _name = _part_of(model)
        keys = {getattr(row, f"{model.parent}_id") for row in rows} - {*self._records[register]}
        self._concern(register, list(register.model._base_manager.filter(pk__in=keys).order_by("pk")))

    def _concern(self, register, records):
        """Remember how these records were counted, and which files they showed."""
        fresh = [one for one in records if one.pk not in self._records[register]]
        self._before[register] += [pair for one in fresh for pair in rollup.facets_of(one)]
        self._files[register] |= public_files(register.form, fresh)
        self._records[register] |= {one.pk: one for one in fresh}

    def _write(self, rows):
        if rows:
            storing.write([({"submission": "", "user": self._by.pk}, rows)])

    def _settle(self):
        """Files, what registers keep beside their records, counts, and last the revisions; always in the same order."""
        for register, records in sorted(self._records.items(), key=lambda pair: pair[0].slug):
            now = list(register.model._base_manager.filter(pk__in=records).order_by("pk"))
            files = public_files(register.form, now)
            publish(files - self._files[register])
            unpublish(self._files[register] - files)
            if now and register.settle:
                register.settle(now)
            after = [pair for one in now for pair in rollup.facets_of(one)]
            rollup.shift(register.slug, self._before[register], after)
        for register in sorted(self._records, key=lambda one: one.slug):
            revisions.raise_revision(register.slug)


def _refuse(reason, by):
    if refusal := why_not_hide(by):
        raise Refused(refusal)
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why."), "required")})
    refuse_unfit_texts({"reason": reason})


def _held(register, record):
    """The record as it is now, held until the end of the transaction."""
    if not register.model.audience.is_public:
        raise _unfit(_("Nothing of this register is public."), "inside")
    return register.model.objects.select_for_update(of=["self"], no_key=True).get(pk=record.pk)


def _place(register, record, path):
    place = next((one for one in places_of(register, record) if one.path == path), None)
    if place is None:
        text = _("This cannot be hidden by itself: it is not public, or without it the rest would not be true.")
        raise _unfit(text, "unknown")
    return place


def _hidden(register, record, path):
    return Hidden.objects.live().of_record(register.slug, record.pk).filter(path=path)


def _unfit(text, code):
    return ValidationError({"path": ValidationError(text, code)})


def _open_rows(part, record):
    return list(part._meta.model._default_manager.filter(closed_on=None, **{part._meta.model.parent: record}))


def _part_of(model):
    """The register that has rows of this model, and what it calls them."""
    return next(
        (register, name)
        for register in directory.all_registers()
        for name, part in register.form.parts.items()
        if part._meta.model is model
    )


def _tell(register, record, verb, hidden, place, by):
    """Write it into the history of the record, and tell the officers of its regency; never what the value was."""
    why = hidden.reason if verb == "hide" else hidden.end_reason
    write_history(verb, record, by=by, fields=[hidden.path] if hidden.path else [], why=why)
    meta = register.model._meta
    path = reverse(f"{meta.app_label}:{meta.model_name}-detail", args=[getattr(record, record.named_by)])
    for officer in User.objects.filter(role=Role.OFFICER, is_active=True, regency=record.regency_id).order_by("pk"):
        with override(officer.language):
            told = {"number": record.number, "what": _what(place, hidden.path), "why": why, "who": by}
            if verb == "hide":
                title = _("Hidden from the public: %(number)s") % told
                body = _("%(who)s hid “%(what)s” of %(number)s from the public. Reason: %(why)s") % told
            else:
                title = _("Public again: %(number)s") % told
                body = _("%(who)s lets the public see “%(what)s” of %(number)s again. Reason: %(why)s") % told
            tell(officer, title=title, body=body, path=path)


def _what(place, path):
    """What is hidden, without its value: the name of a row may be just that."""
    if not path:
        return _("The whole record")
    row = place.row._meta.verbose_name
    if not place.fields:
        return row
    field = place.row._meta.get_field(place.fields[0]).verbose_name
    return f"{row}, {field}" if isinstance(place.row, Part) else field
