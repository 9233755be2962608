"""What a visitor fills in, with its protection against programs; and the small forms of the office."""

import re
import secrets
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db.models import DecimalField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.inquiries import rules
from disperin.inquiries.models import INVESTMENT, LONGEST_MESSAGE, TOPICS, UNITS, Investment, Kind, Start, YesNo
from disperin.regions.models import Regency
from disperin.registers.models import Record
from disperin.registers.values.fields import Decimal
from disperin.registers.values.kept_texts import KeptText
from disperin.registers.values.posted import understood
from disperin.ui.forms import PlainText
from disperin.ui.texts import Text

_signer = signing.TimestampSigner(salt="inquiries.form")
_PHONE = RegexValidator(
    re.compile(r"\+?[0-9][0-9 .()-]{5,28}\Z"),
    gettext_lazy("Enter one telephone number with digits only, for example 0812 3456 7890."),
    "phone",
)


class _Kept(KeptText, PlainText):
    """A text that is kept, without what nobody sees."""


def _long_text(label: Text, help_text: Text = "", **attrs: Any) -> _Kept:
    widget = forms.Textarea({"rows": 6, **attrs})
    return _Kept(label=label, help_text=help_text, max_length=LONGEST_MESSAGE, widget=widget)


def _need(label: Text, unit: Text, name: str) -> Decimal:
    """How much of something is needed, within the bounds of its column."""
    column = cast(DecimalField, Investment._meta.get_field(name))
    bounds = [
        validator.limit_value
        for validator in column.validators
        if isinstance(validator, MinValueValidator | MaxValueValidator)
    ]
    least, most = bounds[:2]
    return Decimal(
        label=label, unit=unit, required=False, min_value=least, max_value=most, max_digits=12, decimal_places=2
    )


class InquiryForm(forms.Form):
    """The values of an inquiry of one kind, from the page and from the API alike.

    What an investor needs (INVESTMENT) is asked where the question is about a record with land to build on.
    """

    plot = _Kept(label=gettext_lazy("Plot (optional)"), required=False, max_length=40)
    company = _Kept(
        label=gettext_lazy("Company (optional)"),
        required=False,
        max_length=150,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    sector = _Kept(
        label=gettext_lazy("What is to be made, or its class of KBLI (optional)"), required=False, max_length=150
    )
    land_ha = _need(gettext_lazy("Land (optional)"), "ha", "land_ha")
    power_mw = _need(gettext_lazy("Electric power (optional)"), "MW", "power_mw")
    water_m3_day = _need(gettext_lazy("Water (optional)"), gettext_lazy("m³ a day"), "water_m3_day")
    port = forms.ChoiceField(
        label=gettext_lazy("Is a port needed? (optional)"),
        required=False,
        choices=[("", gettext_lazy("Not chosen")), *YesNo.choices],
    )
    start = forms.ChoiceField(
        label=gettext_lazy("When is building to begin? (optional)"),
        required=False,
        choices=[("", gettext_lazy("Not chosen")), *Start.choices],
    )
    topic = forms.ChoiceField(label=gettext_lazy("Which part is wrong? (optional)"), required=False)
    message = _long_text(gettext_lazy("Your message"))
    sender_name = _Kept(
        label=gettext_lazy("Your name (optional)"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your telephone"),
        required=False,
        max_length=30,
        validators=[_PHONE],
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    consented = forms.BooleanField(
        label=gettext_lazy("The office may use my name and contact to answer me."),
        required=False,
    )

    def __init__(self, *args: Any, kind: str, record: Record | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.record = kind, record
        self.asks_investors = kind == Kind.QUESTION and record is not None and record.offers_land
        if self.asks_investors:
            self.fields["message"].required = False
            self.fields["message"].label = _("Your question (optional)")
        else:
            for name in INVESTMENT:
                del self.fields[name]
        self.wants_contact = kind != Kind.REPORT
        if kind in TOPICS:
            topics = [(topic.value, topic.label) for topic in TOPICS[Kind(kind)]]
            cast(forms.ChoiceField, self.fields["topic"]).choices = [("", _("Not chosen")), *topics]
        else:
            del self.fields["topic"]
        if kind == Kind.REPORT:
            self.fields["message"].label = _("What is wrong, and what is right?")
            self.fields["email"].label = _("Your e-mail (optional)")
            self.fields["phone"].label = _("Your telephone (optional)")
        else:
            self.fields["email"].help_text = _("An e-mail or a telephone is needed, so that the office can reach you.")
        if kind == Kind.PERSONAL:
            self.fields["topic"].label, self.fields["topic"].required = _("What do you ask for?"), True
            self.fields["message"].label = _("Which business or which data is it about?")
            self.fields["sender_name"].label, self.fields["sender_name"].required = _("Your name"), True

    def clean_message(self) -> str:
        message = self.cleaned_data["message"]
        if rules.has_too_many_links(message):
            values = {"most": rules.MOST_LINKS}
            raise ValidationError(_("At most %(most)d links. Describe the rest in words."), "too_many_links", values)
        return message

    def clean_plot(self) -> str:
        """The code of a plot of the record, as the record writes it."""
        typed = self.cleaned_data["plot"]
        code = self.record.plot_named(typed) if typed and self.record else ""
        if typed and not code:
            text = _("There is no plot “%(code)s” here. Write its code as it stands in the table, or leave this empty.")
            raise ValidationError(text, "unknown", {"code": typed})
        return code

    def needed(self) -> list[forms.BoundField]:
        """The fields of what an investor needs, where they are asked."""
        return [self[name] for name in INVESTMENT if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Who asks can be answered and says something, and nobody's name or contact is kept without consent.

        What an investor needs is gathered in `investment`.
        """
        super().clean()
        cleaned = self.cleaned_data
        cleaned["investment"] = {name: cleaned.pop(name) for name in INVESTMENT if name in cleaned}
        said = {value for name, value in cleaned["investment"].items() if name != "plot"} - {None, ""}
        if "message" in cleaned and not cleaned["message"] and not said and not {*INVESTMENT} & {*self.errors}:
            self.add_error("message", ValidationError(_("Write your question, or say what you need."), "required"))
        asks = self.wants_contact
        name, *contact = (cleaned.get(field) or field in self.errors for field in ("sender_name", "email", "phone"))
        if asks and not any(contact):
            self.add_error("email", ValidationError(_("Enter an e-mail or a telephone."), "required"))
        if (asks or any(contact) or name) and not cleaned["consented"]:
            text = _("Tick this box, or leave name, e-mail and telephone empty.")
            if asks:
                text = _("Tick this box: without it the office may not answer you.")
            self.add_error("consented", ValidationError(text, "consent"))
        return cleaned


class VisitorForm(InquiryForm):
    """The same on a page: with a field that people leave empty, and the signed time at which the page was opened."""

    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *args: Any, **options: Any) -> None:
        super().__init__(None if data is None else self._read(data), *args, **options)
        self.fields["stamp"].initial = new_stamp

    def _read(self, data: QueryDict) -> QueryDict:
        """What was posted, its figures read as the language of the page writes them."""
        read = data.copy()
        for name in UNITS:
            if name in data:
                read[name] = understood(self.base_fields[name], data[name])
        return read

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("People leave this field empty. Clear it and send again."), "trap")
        return ""

    def clean_stamp(self) -> str:
        """The name of the opened form, without its time; one that was open too long gets a new stamp."""
        stamp = self.cleaned_data["stamp"]
        try:
            name = _signer.unsign(stamp, max_age=rules.LONGEST_OPEN)
        except signing.BadSignature:
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("stamp")] = new_stamp()
            self.data = data
            text = _("This page was open for too long. Your text is still here: wait a moment, then send it again.")
            self.add_error(None, ValidationError(text, "stale"))
            return ""
        self.was_fast = _is_younger(stamp, rules.FASTEST)
        return name

    def clean(self) -> dict[str, Any]:
        """What is right and would be stored was not typed in a moment."""
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and self.was_fast:
            text = _("That was very fast. Your text is still here: wait a few seconds, then send it again.")
            raise ValidationError(text, "too_fast")
        return cleaned


def new_stamp() -> str:
    """A name for a form that is being opened, with the time, signed."""
    return _signer.sign(secrets.token_urlsafe(12))


def _is_younger(stamp: str, seconds: int) -> bool:
    try:
        _signer.unsign(stamp, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True


class NumberForm(forms.Form):
    """A tracking number, as somebody typed it."""

    nomor = forms.CharField(
        label=gettext_lazy("Tracking number"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_nomor(self) -> str:
        number = rules.read_tracking_number(self.cleaned_data["nomor"])
        if not number:
            text = _("“%(value)s” is no tracking number. It looks like %(example)s.")
            values = {"value": self.cleaned_data["nomor"][:40], "example": settings.PROVINCE.example.tracking_number}
            raise ValidationError(text, "invalid", values)
        return number


class _ForAll(forms.Form):
    """A text that everybody may read; where it holds a contact, that is asked once more."""

    acknowledged = forms.BooleanField(
        label=gettext_lazy("I have checked this: what it holds may be read by everybody."), required=False
    )
    field_order = ["text", "reason", "acknowledged"]

    @property
    def is_warned(self) -> bool:
        """Was something found in the text that somebody has to look at?"""
        return any(error.code == "warning" for errors in self.errors.as_data().values() for error in errors)


class AnswerForm(_ForAll):
    """The public answer."""

    text = _long_text(
        gettext_lazy("Answer"), gettext_lazy("Everybody who has the number can read it: name nobody, give no contact.")
    )


class CloseForm(_ForAll):
    """Why there is no answer."""

    reason = _long_text(
        gettext_lazy("Reason"), gettext_lazy("Everybody who has the number can read it: name nobody, give no contact.")
    )


class ReassignForm(forms.Form):
    """Where an inquiry belongs."""

    regency = forms.ModelChoiceField(
        label=gettext_lazy("Regency/city"),
        queryset=Regency.objects.all(),
        required=False,
        empty_label=gettext_lazy("The province"),
    )
