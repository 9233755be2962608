"""The small forms of the workbench; what is proposed itself goes through the register's own form."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.accounts.forms import ColleagueField
from disperin.accounts.holdings import InHand
from disperin.accounts.models import Role, User
from disperin.regions.models import Regency
from disperin.registers.hiding.hidden import Place
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.values.kept_texts import KeptText
from disperin.submissions.actions.handing_over import colleagues_for, why_not_to
from disperin.ui.forms import Offered, choice_field, row_field

NOT_CHOSEN = "-"


class StartForm(Offered):
    """What is to be proposed: a new record of which register, and where."""

    daftar = forms.ChoiceField(label=_("Register"), widget=forms.RadioSelect)
    kabupaten = forms.ModelChoiceField(label=_("Regency/city"), queryset=Regency.objects.all())

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choice_field(self, "daftar").choices = [
            (register.slug, _explained(register)) for register in directory.proposed_by(by)
        ]
        if by.regency_id:
            del self.fields["kabupaten"]
            self.own = {"kabupaten": by.regency_id}


def _explained(register: Register) -> SafeString:
    """What a register is called, and below it in a line what one of its records holds."""
    return format_html(
        '{} <span class="field-help d-block">{}</span>', capfirst(str(register.label_alone)), register.about
    )


class WithdrawForm(forms.Form):
    """Why a submission is taken back; may be empty."""

    note = KeptText(label=_("Reason (optional)"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))


class LiftForm(forms.Form):
    """Why the public may see something again."""

    reason = KeptText(label=_("Reason (never what is hidden)"), max_length=1000, widget=forms.Textarea({"rows": 2}))


class _AnyPlace(forms.ChoiceField):
    """Offers some; of any other the verb says why it cannot be."""

    def valid_value(self, value: Any) -> bool:
        return True


class HideForm(LiftForm):
    """What is hidden from the public, and why. `places` are those that may be."""

    path = _AnyPlace(label=_("What is to be hidden"), required=False, initial=NOT_CHOSEN)  # "" is the whole record
    field_order = ("path", "reason")

    def __init__(self, *args: Any, places: Iterable[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        choice_field(self, "path").choices = [
            (NOT_CHOSEN, _("Please choose")),
            *((place.path, _labelled(place)) for place in places),
        ]

    def clean_path(self) -> str:
        path = self.data.get(self.add_prefix("path"), NOT_CHOSEN)
        if path == NOT_CHOSEN:
            raise ValidationError(_("Choose what is to be hidden."), "required")
        return path


def _labelled(place: Place) -> str:
    return f"{place.label}: {str(place.value)[:60]}" if place.fields else place.label


class HandOverForm(Offered):
    """What becomes of somebody; who takes over what was `found` in hand (nobody where nothing was), and why.

    The colleagues who can are offered; of anybody else it is said why they cannot.
    """

    what = forms.ChoiceField(
        label=_("What happens"),
        choices=[("leaves", _("Leaves the office")), ("moves", _("Works for another regency or city from now on"))],
        widget=forms.RadioSelect,
    )
    moves_to = forms.ModelChoiceField(
        label=_("New regency/city"),
        help_text=_("Only for somebody who moves."),
        queryset=Regency.objects.all(),
        required=False,
    )
    to = ColleagueField(label=_("Who takes over"))
    why = KeptText(label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}))

    @property
    def outcome(self) -> str:
        """What a valid form would do, so that just this is confirmed and nothing else."""
        asked, number = self.cleaned_data, sum(number for _holding, _things, number in self.found)
        return "-".join(str(getattr(value, "pk", value)) for value in (asked["moves_to"], asked["to"], number))

    def __init__(self, *args: Any, user: User, found: Sequence[InHand], **options: Any) -> None:
        super().__init__(*args, **options)
        self.user, self.found = user, found
        if not (user.is_active and user.role == Role.OFFICER):
            del self.fields["what"], self.fields["moves_to"]
        if not found:
            del self.fields["to"]
            self.own = {"to": self.data.get("to")}  # there was something before all of it stays
        else:
            row_field(self, "to").queryset = colleagues_for(user, found)

    def clean_to(self) -> User | None:
        to = self.cleaned_data["to"]
        if to and (refusal := why_not_to(to, self.user, self.found)):
            raise refusal
        return to

    def clean(self) -> dict[str, Any]:
        """What `hand_over` asks for."""
        asked = {"to": None, **super().clean()}
        moves = asked.pop("what", "") == "moves"
        if moves and not asked.get("moves_to"):
            self.add_error("moves_to", ValidationError(_("Choose where this officer works from now on."), "required"))
        elif moves and asked["moves_to"].pk == self.user.regency_id:
            text = _("%(person)s works for %(regency)s already. Choose another regency or city.")
            params = {"person": self.user, "regency": asked["moves_to"]}
            self.add_error("moves_to", ValidationError(text, "same", params))
        elif asked.get("moves_to") and not moves:
            text = _("Whoever leaves gets no new regency. Empty this, or choose that the officer moves.")
            self.add_error("moves_to", ValidationError(text, "leaves"))
        return asked | {"moves_to": asked.get("moves_to") if moves else None}
