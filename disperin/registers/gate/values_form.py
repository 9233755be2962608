"""A form that is bound to canonical values, of a record or of a row of one of its parts."""

import copy
import re
from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar, NamedTuple, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property, keep_lazy_text
from django.utils.text import capfirst

from disperin.accounts.models import User
from disperin.attachments.forms import AttachmentField
from disperin.attachments.models import Attachment
from disperin.regions.reach import reaches
from disperin.registers.gate.columns import ByColumns
from disperin.registers.record.reference import Tables
from disperin.registers.record.withholding import is_kept_from, unveil
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.context import ONE, Context, Unanswered
from disperin.registers.values.fields import MOST_TOLD, Reference, canonical, is_untidy, shape_problem
from disperin.registers.values.identity import find_nik
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.limits import write_figures
from disperin.registers.values.normal_spelling import tidy_of
from disperin.registers.values.terms import TypedTexts, Unfit, Values
from disperin.ui.said import gettext as _
from disperin.ui.texts import Text

MARKS_ALONE = re.compile(r"[-\u2010-\u2015_=./\\\s…?*;:•·~|!()]+")  # of a text that says nothing


class ValuesForm(forms.ModelForm, metaclass=ByColumns):
    """A model form bound to canonical values. A `Typed` among them was not understood and fails again."""

    _errors: ErrorDict | None
    _validate_unique: bool

    in_files: ClassVar[InFiles] = InFiles()
    asked_if: ClassVar[dict[str, AskedIf]] = {}  # which fields matter only for some answers
    tidies: ClassVar[dict[str, Callable[[str], str]]] = {}  # field -> what brings a text into its one form, or refuses

    def __init__(
        self,
        values: Values | None = None,
        *,
        instance: Model | None = None,
        prefix: str | None = None,
        by: User | None = None,
        context: Context = ONE,
        fields: dict[str, forms.Field] | None = None,
    ) -> None:
        self.by, self.context = by, context
        own = _Own(context.fields_of(type(self)) if fields is None else fields)
        self.base_fields = own  # type: ignore[misc]  # instead of those of the class, which Django would copy
        if values is not None and prefix:
            values = {f"{prefix}-{name}": value for name, value in values.items()}
        if instance is not None:
            unveil(instance)
        super().__init__(values, instance=instance, prefix=prefix)
        self.instance.context = context
        if self.instance.pk:
            for name, field in self.fields.items():
                key = getattr(field, "to_field_name", None)
                if key and self.initial.get(name):
                    self.initial[name] = getattr(getattr(self.instance, name), key)

    @classmethod
    def fresh_fields(cls, context: Context) -> dict[str, forms.Field]:
        """A copy of the fields, ready for use: of one form, or of all forms of a chunk. Never changed by a form."""
        fields, tables = copy.deepcopy(cls.base_fields), Tables()
        for field in fields.values():
            field.label = None if field.label is None else _capital(field.label)
            if isinstance(field, Reference):
                field.tables = tables
        return fields

    @cached_property
    def given(self) -> dict[str, Any]:
        """What stands in the values for each field, as its input reads it."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    def entered(self) -> tuple[Values, TypedTexts]:
        """The canonical value of every field, and the text of each that cannot be understood: `(values, typed)`."""
        values, typed = {}, {}
        for name, field in self.fields.items():
            if not self.is_bound:
                values[name] = self.tidied(name, canonical(field, self.get_initial_for_field(field, name)))
                continue
            try:
                values[name] = self.tidied(name, self._understood(name, field))
            except ValidationError:
                values[name] = canonical(field, field.to_python(None))
                typed[name] = str(self.given[name])
        return values, typed

    def _understood(self, name: str, field: forms.Field) -> Any:
        """The canonical value of a field; a file that is not theirs is as good as none. Raises ValidationError."""
        if not isinstance(field, AttachmentField):
            return self.context.understood(field, self.given[name])
        attachment = field.to_python(self.given[name])
        self._refuse_foreign(name, field, attachment)
        return canonical(field, attachment)

    @classmethod
    def tidied(cls, name: str, value: Any) -> Any:
        """A canonical value, its texts in the one form in which they are kept: written otherwise it is the same value.

        A text that has no such form stays as it is; cleaning says what is wrong with it.
        """
        tidy = cls.tidies.get(name) or tidy_of(cls.base_fields[name])
        if tidy is None or not value:
            return value
        if isinstance(value, list):
            return [_tidied(tidy, text) for text in value]
        return _tidied(tidy, value) if isinstance(value, str) else value

    @classmethod
    def untidy(cls, values: Values) -> list[str]:
        """The labels of the fields of which a text holds double spaces or what nobody sees: it is kept without."""
        own_way = cls.tidies.keys()
        return [
            str(capfirst(field.label))
            for name, field in cls.base_fields.items()
            if name not in own_way and is_untidy(field, values.get(name))
        ]

    @classmethod
    def unfit(cls, values: Values) -> Unfit:
        """What must not even be kept as a draft: `{path: message}`. Unknown names, wrong kinds, personal numbers."""
        unknown = [str(name)[:80] for name in values if name not in cls.base_fields]
        problems: Unfit = dict.fromkeys(unknown[:MOST_TOLD], _("There is no such field.")) if unknown else {}
        for name, field in cls.base_fields.items():
            if name in values and (
                problem := shape_problem(field, values[name]) or cls.unfit_value(name, values[name])
            ):
                problems[name] = problem
        return problems

    @classmethod
    def unfit_value(cls, name: str, value: Any) -> str:
        """Why this value may be stored nowhere, or "". A NIK is refused wherever it is typed (data minimisation)."""
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, str) and find_nik(text):
                return _("This looks like a NIK. The portal keeps no NIK: remove it. It was not stored.")
        return ""

    def full_clean(self) -> None:
        """As Django's; a check that must wait for an answer leaves the form as if it had not been asked."""
        try:
            super().full_clean()
        except Unanswered:
            self._errors = None
            raise

    def _get_validation_exclusions(self) -> set[str]:
        """As Django's, which asks everything of every field anew, twice for each form."""
        of_model = _of_model(type(self))
        blank = {
            name
            for name in of_model.never_blank
            if not self.fields[name].required and self.cleaned_data.get(name) in self.fields[name].empty_values
        }
        return {*of_model.left_out, *blank, *(self._errors or ())}

    def _post_clean(self) -> None:
        """As Django's, for values that are whole: it would ask of every field whether a page has left it out."""
        exclude = self._get_validation_exclusions()
        for field in _of_model(type(self)).entered:
            if field.name in self.cleaned_data:
                field.save_form_data(self.instance, self.cleaned_data[field.name])
        try:
            self.instance.full_clean(exclude=exclude, validate_unique=False)
        except ValidationError as error:
            self._update_errors(error)
        if self._validate_unique:
            self.validate_unique()

    def add_violation(self, error: ValidationError) -> None:
        """Tell the form what the constraints of its model refuse, once they were asked for many forms."""
        self._update_errors(error)

    def _update_errors(self, errors: ValidationError) -> None:
        """As Django's; the figures in what a model says are written as the user's language writes them."""
        for some in getattr(errors, "error_dict", {}).values():
            write_figures(some)
        super()._update_errors(errors)  # type: ignore[misc]  # the stubs leave it out

    def _clean_fields(self) -> None:
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = self.context.cleaned(field, self.given[name])
                if hasattr(self, f"clean_{name}"):
                    self.cleaned_data[name] = getattr(self, f"clean_{name}")()
                self._refuse_marks_alone(name, field, self.cleaned_data[name])
            except ValidationError as error:
                if self._stands_already(name, error):
                    self.cleaned_data[name] = self.initial[name]
                else:
                    self.add_error(name, _naming(self._told(name, field, error), self.given[name]))
        for name, value in list(self.cleaned_data.items()):
            try:
                self._refuse_foreign(name, self.fields[name], value)
            except ValidationError as error:
                self.add_error(name, error)

    def _refuse_marks_alone(self, name: str, field: forms.Field, value: Any) -> None:
        """A dash in a box is what people write where there is nothing; a file's is read so, with a note."""
        is_text = isinstance(field, forms.CharField) and isinstance(value, str)
        if is_text and MARKS_ALONE.fullmatch(value) and value != self.initial.get(name):
            text = _("“%(value)s” says nothing. Write it out, or leave the field empty.")
            raise ValidationError(text % {"value": value[:40]}, "nothing")

    def _told(self, name: str, field: forms.Field, error: ValidationError) -> ValidationError:
        """The error; of a file that is not theirs it tells no more than of one that is not there."""
        attachment = (getattr(error, "params", None) or {}).get("attachment")
        if isinstance(attachment, Attachment) and not self.may_use(name, attachment):
            return ValidationError(field.error_messages["unknown"], "unknown")
        return error

    def _stands_already(self, name: str, error: ValidationError) -> bool:
        """Is it a day of the record's own, which is too early but not entered just now? It hinders no other change."""
        held = self.initial.get(name) if self.instance.pk else None
        too_early = [single.code for single in error.error_list] == ["too_early"]
        if not too_early or held is None:
            return False
        field = self.fields[name]
        return canonical(field, held) == canonical(field, field.to_python(self.given[name]))

    def _refuse_foreign(self, name: str, field: forms.Field, value: Any) -> None:
        """Whether something is out of reach is not told: the words are those of what does not exist."""
        if self.by is not None and is_kept_from(self.by, value) and value.pk != self._stored_key(name):
            params = {"value": str(self.given[name])[:40]}
            raise ValidationError(field.error_messages["invalid_choice"], "invalid_choice", params)
        if isinstance(value, Attachment) and not self.may_use(name, value):
            raise ValidationError(field.error_messages["unknown"], "unknown")

    def may_use(self, name: str, attachment: Attachment) -> bool:
        """A file that is on the record already, or one within the reach of whoever enters the values."""
        return (
            self.by is None
            or attachment.pk == self.initial.get(name)
            or attachment.pk == self._stored_key(name)
            or reaches(self.by, attachment)
        )

    def _stored_key(self, name: str) -> Any:
        return getattr(self.instance, f"{name}_id", None)


@keep_lazy_text
def _capital(text: Text) -> str:
    """As `capfirst`, which has a text that waits for its language looked up twice."""
    return str(capfirst(str(text)))


def _naming(error: ValidationError, given: Any) -> ValidationError:
    """The error of a field, which names what was given also where Django's field does not say it."""
    for single in error.error_list:
        single.params = {"value": str(given)} | (single.params or {})
    return error


def _tidied(tidy: Callable[[str], str], text: str) -> str:
    try:
        return tidy(text) or text
    except ValidationError:
        return text


class _OfModel(NamedTuple):
    """The fields of its model, as a form sees them."""

    entered: list[Field]
    left_out: frozenset[str]
    never_blank: frozenset[str]  # of those that are entered


@cache
def _of_model(form_class: type[ValuesForm]) -> _OfModel:
    fields = form_class._meta.model._meta.fields
    entered = [field for field in fields if field.name in form_class.base_fields]
    return _OfModel(
        entered,
        left_out=frozenset(field.name for field in fields if field not in entered),
        never_blank=frozenset(field.name for field in entered if not field.blank),
    )


class _Own(dict):
    """Fields that need no further copy, which a form would otherwise make."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self
