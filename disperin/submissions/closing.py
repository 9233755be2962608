"""The forms by which a record is closed and reopened: as small as a form can be, and through the same door."""

import datetime
from functools import cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.registers.gate.forms import RecordForm
from disperin.registers.record.directory import Register
from disperin.registers.values.columns import column
from disperin.registers.values.fields import Day
from disperin.registers.values.terms import Path
from disperin.ui import formats


class _StandingForm(RecordForm):
    """Changes whether a record stands open, and nothing that it says."""

    def changes_values(self) -> bool:
        return False

    def about_what_it_says(self, path: Path, errors: list[ValidationError]) -> list[ValidationError]:
        """What is told where a value, for which nobody is asked here, breaks a rule that it once kept: nothing."""
        return []

    def _update_errors(self, errors: ValidationError) -> None:
        problems: dict[Path, list[ValidationError]] = {}
        by_path = errors.error_dict if hasattr(errors, "error_dict") else {NON_FIELD_ERRORS: errors.error_list}
        for path, some in by_path.items():
            if path in self.fields or path == NON_FIELD_ERRORS:
                problems.setdefault(path, []).extend(some)
            elif about := self.about_what_it_says(path, some):
                problems.setdefault(NON_FIELD_ERRORS, []).extend(about)
        if problems:
            super()._update_errors(ValidationError(problems))


class _ClosingForm(_StandingForm):
    closed_on = Day()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["closed_reason"].required = True

    def warnings(self) -> list[tuple[Path, str]]:
        """A day on which it was not registered yet. No others: what leaves the lists rivals nobody."""
        registered = timezone.localdate(self.instance.created_at)
        if self.cleaned_data["closed_on"] >= registered:
            return []
        text = _("It came into the register on %(day)s as one that is not closed. Check the day of closing.")
        return [("closed_on", text % {"day": formats.day(registered)})]

    def clean_closed_on(self) -> datetime.date:
        day = self.cleaned_data["closed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day of closing cannot lie in the future."), "future")
        self._refuse_before_its_beginning(day)
        return day

    def _refuse_before_its_beginning(self, day: datetime.date) -> None:
        record = self.instance
        name = next((name for name in record.begins_with if getattr(record, name)), "")
        began = getattr(record, name) if name else None
        is_year = isinstance(began, int)
        if began and day < (datetime.date(began, 1, 1) if is_year else began):
            params = {"field": column(record, name).verbose_name, "began": began if is_year else formats.day(began)}
            text = _(
                "It cannot end before it begins: “%(field)s” says %(began)s. Enter a later day, or mend that first."
            )
            raise ValidationError(text, "order", params)

    def complete(self) -> None:
        """Nothing: it has no rows of whose words the search is to know."""


class _ReopeningForm(_StandingForm):
    def about_what_it_says(self, path: Path, errors: list[ValidationError]) -> list[ValidationError]:
        """Whatever hinders it, under the name of its field: what stands open keeps the rules."""
        label = capfirst(column(self.instance, path).verbose_name)
        return [ValidationError(f"{label}: {text}", error.code) for error in errors for text in error.messages]

    def complete(self) -> None:
        self.instance.closed_on, self.instance.closed_reason = None, ""


@cache
def closing_form(register: Register) -> type[RecordForm]:
    """The form that closes a record of this register: day and reason."""
    meta = type("Meta", (), {"model": register.model, "fields": ["closed_on", "closed_reason"]})
    closed_on = Day(label=register.model._meta.get_field("closed_on").verbose_name)
    return type("ClosingForm", (_ClosingForm,), {"Meta": meta, "closed_on": closed_on})


@cache
def reopening_form(register: Register) -> type[RecordForm]:
    """The form that reopens a record of this register: nothing to fill in, everything to check again."""
    meta = type("Meta", (), {"model": register.model, "fields": []})
    return type("ReopeningForm", (_ReopeningForm,), {"Meta": meta})
