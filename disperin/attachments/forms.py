"""A file in a form: its value is the id of an attachment, as text; the file itself is taken in before the form."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.attachments import actions
from disperin.attachments.models import Attachment
from disperin.attachments.storage import DISK_FULL, is_disk_full
from disperin.regions.models import Regency
from disperin.ui.abilities import LooksUp, TakesFile

ACCEPTED: dict[str, str] = {
    Attachment.Kind.PHOTO: "image/jpeg,image/png,image/webp",
    Attachment.Kind.DOCUMENT: "application/pdf,image/jpeg,image/png,image/webp",
}


Known = dict[uuid.UUID, Attachment]  # attachments by id, looked up beforehand


def _as_id(value: object) -> uuid.UUID | None:
    """The UUID that a text names, or None."""
    if isinstance(value, uuid.UUID):
        return value
    try:
        return uuid.UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


class AttachmentInput(forms.Widget):
    """Shows the present file with a box to remove it, and an input for another one.

    Inputs of the page: `<name>` (hidden, the id), `<name>-file`, `<name>-clear`. The page's view calls
    `stored_from_post` for a file that was sent and puts the id into the values it binds the form with.
    """

    template_name = "attachments/attachment_input.html"
    needs_multipart_form = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, kind: str) -> None:
        super().__init__(attrs)
        self.kind = kind
        self.known = None

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        return "" if data.get(f"{name}-clear") else data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return name not in data and f"{name}-clear" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # the browser sees the file input only, and that stays empty while the present file is kept

    def format_value(self, value: Any) -> str:
        return str(getattr(value, "pk", value) or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = _find(self.known, _as_id(context["widget"]["value"]))
        context["widget"].update(attachment=shown, accept=ACCEPTED[self.kind], value=str(shown.pk) if shown else "")
        return context


class AttachmentField(LooksUp, TakesFile, forms.Field):
    """The id of an attachment in canonical values; cleaned, the `Attachment` (or None).

    Asks the database once per field, or not at all where `load_attachments` looked the ids up beforehand. Whether the
    person may use that attachment is the question of the form around it, not this field's: it asks that also of what
    is of another kind, which the error names as `attachment`.
    """

    default_error_messages = {
        "invalid": _("This is no id of an attachment. Send the file again."),
        "unknown": _("This attachment does not exist any more. Send the file again."),
        "kind": _("This attachment is of another kind. Send a photo for a photo, a document for a document."),
    }

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        kwargs.setdefault("widget", AttachmentInput(kind=kind))
        super().__init__(**kwargs)
        self.kind = kind

    def __deepcopy__(self, memo: dict[int, Any]) -> "AttachmentField":
        result = super().__deepcopy__(memo)
        result.widget.known = None
        return result

    @property
    def known(self) -> Known | None:
        """Attachments by id that were looked up beforehand, or None: ask the database."""
        return self.widget.known

    @known.setter
    def known(self, attachments: Known | None) -> None:
        self.widget.known = attachments

    def look_up(self, values: Iterable[object]) -> None:
        """Find every attachment that these values name, in one query, so that no form has to ask for itself."""
        keys = {_as_id(self.prepare_value(value)) for value in values} - {None}
        self.known = Attachment.objects.in_bulk(keys) if keys else {}

    def prepare_value(self, value: Any) -> str:
        return str(getattr(value, "pk", value) or "")

    def to_python(self, value: Any) -> Attachment | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Attachment):
            return value
        key = _as_id(value)
        if key is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        attachment = _find(self.known, key)
        if attachment is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if attachment.kind != self.kind:
            raise ValidationError(self.error_messages["kind"], code="kind", params={"attachment": attachment})
        return attachment

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)

    def take_in(
        self, post: Mapping[str, str], files: Mapping[str, Any], html_name: str, *, regency: Regency | None, by: User
    ) -> tuple[str, str | None]:
        """As `stored_from_post`, for a file of this field's kind."""
        return stored_from_post(post, files, html_name, kind=self.kind, regency=regency, by=by)


def _find(known: Known | None, key: uuid.UUID | None) -> Attachment | None:
    if key is None:
        return None
    return Attachment.objects.filter(pk=key).first() if known is None else known.get(key)


def load_attachments(*form_list: forms.BaseForm) -> None:
    """Look up every attachment that these forms name, in one query, for cleaning and for showing them.

    A form with `may_use(name, attachment)` finds only those that it says may be used: of others not even the name.
    """
    fields = [
        (form, name, field)
        for form in form_list
        for name, field in form.fields.items()
        if isinstance(field, AttachmentField)
    ]
    keys = {_as_id(field.prepare_value(form[name].value())) for form, name, field in fields} - {None}
    known = Attachment.objects.in_bulk(keys) if keys else {}
    usable: dict[Any, Known] = {field: {} for _form, _name, field in fields}  # the rows of a part share their fields
    for form, name, field in fields:
        attachment = _find(known, _as_id(field.prepare_value(form[name].value())))
        if attachment and (not hasattr(form, "may_use") or form.may_use(name, attachment)):
            usable[field][attachment.pk] = attachment
    for field, some in usable.items():
        field.known = some


def stored_from_post(
    post: Mapping[str, str], files: Mapping[str, Any], html_name: str, *, kind: str, regency: Regency | None, by: User
) -> tuple[str, str | None]:
    """What a posted page says about one attachment field: (id as text or "", what went wrong or None).

    A file that was sent is taken in for `regency` and wins over the box that removes the present one. When it is
    refused, the present one stays.
    """
    present = "" if post.get(f"{html_name}-clear") else post.get(html_name) or ""
    file = files.get(f"{html_name}-file")
    if not file:
        return present, None
    try:
        return str(actions.upload(file, kind=kind, regency=regency, by=by).pk), None
    except ValidationError as refused:
        return post.get(html_name) or "", " ".join(refused.messages)
    except PermissionDenied as refused:
        return post.get(html_name) or "", str(refused)
    except OSError as failed:  # what was typed beside the file is not lost with it
        if not is_disk_full(failed):
            raise
        return post.get(html_name) or "", str(DISK_FULL)


class UploadForm(forms.Form):
    """One file sent by itself: by the API."""

    file = forms.FileField(label=_("File"), max_length=1000, allow_empty_file=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=Attachment.Kind.choices)
    regency = forms.ModelChoiceField(
        label=_("Regency/city"),
        queryset=Regency.objects.all(),
        required=False,
        help_text=format_lazy(
            _("Code of the regency, such as {code}. Officers may leave it out."), code=settings.PROVINCE.example.regency
        ),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_regency(self) -> Regency:
        regency = self.cleaned_data["regency"] or self.by.regency
        if regency is None:
            text = _("Name the regency by its code, such as %(code)s.")
            raise ValidationError(text, code="required", params={"code": settings.PROVINCE.example.regency})
        return regency
