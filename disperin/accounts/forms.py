"""What people type about themselves, and administrators about others."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from disperin.accounts import jobs
from disperin.accounts.models import ApiKey, Role, User
from disperin.ui.forms import PlainText


class SignInForm(LoginForm):
    """Sign-in with labels that say what is meant, instead of grey words inside the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Username or e-mail")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        password.label = _("Password")
        password.widget.attrs.pop("placeholder", None)
        password.help_text = ""  # the page has the link to a new password, after the button


class ForgottenPasswordForm(ResetPasswordForm):
    """Asks where to send a link. Whoever has the address, or nobody: the answer is the same, and comes as soon."""

    def save(self, request: HttpRequest, **options: Any) -> str:
        jobs.send_password_links.enqueue([user.pk for user in self.users])
        return self.cleaned_data["email"]


class ProfileForm(forms.ModelForm):
    """One's own name, e-mail and language. A new e-mail needs the password: it is the way to a new password."""

    current_password = forms.CharField(
        label=_("Current password"),
        help_text=_("Only needed when you change the e-mail address."),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    class Meta:
        model = User
        fields = ["full_name", "email", "language"]
        field_classes = {"full_name": PlainText}

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        is_new = "email" in self.errors or cleaned.get("email", self.instance.email) != self.initial["email"]
        if is_new and not self.instance.check_password(cleaned.get("current_password") or ""):
            self.add_error("current_password", _("Enter your current password to change the e-mail address."))
        return cleaned


class ColleagueField(forms.ModelChoiceField):
    """Somebody of those who are offered (`queryset`). Anybody else is found too, so that it can be said why not."""

    def __init__(self, **options: Any) -> None:
        super().__init__(User.objects.none(), **options)
        self.among = User.objects.select_related("regency")

    def to_python(self, value: Any) -> User | None:
        if value in self.empty_values:
            return None
        try:
            return self.among.get(pk=value)
        except (ValueError, TypeError, User.DoesNotExist):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice") from None

    def label_from_instance(self, user: User) -> str:
        return f"{user} ({user.regency or user.get_role_display()})"


class TokenForm(forms.Form):
    """A token for the API: what it is called, what it may do, how long it lives (days)."""

    name = PlainText(label=_("Name"), max_length=60, help_text=_("What the token is for, such as “SIINas export”."))
    scope = forms.ChoiceField(label=_("Scope"), choices=ApiKey.Scope.choices, initial=ApiKey.Scope.READ)
    days = forms.TypedChoiceField(
        label=_("Ends after"),
        choices=[("30", _("30 days")), ("90", _("90 days")), ("365", _("1 year"))],
        coerce=int,
        initial="90",
    )


class _RoleForm(forms.ModelForm):
    """What both forms of the admin check: an officer has a regency, nobody else has one; e-mails in small letters."""

    def clean_email(self) -> str:
        return (self.cleaned_data["email"] or "").lower()

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "role" in cleaned and "regency" in cleaned:
            is_officer = cleaned["role"] == Role.OFFICER
            if is_officer and not cleaned["regency"]:
                self.add_error("regency", _("Choose the regency this officer works for."))
            if not is_officer and cleaned["regency"]:
                self.add_error("regency", _("Only officers belong to a regency. Leave this empty for the other roles."))
        return cleaned


class InviteForm(_RoleForm):
    """A new account. Its owner gets a link by e-mail and sets the password alone."""

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "role", "regency", "language"]
        field_classes = {"username": PlainText, "full_name": PlainText}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class AccountForm(_RoleForm):
    """An existing account, as an administrator changes it. `by` is the administrator, set by the admin."""

    by = None

    class Meta:
        model = User
        fields = ["full_name", "email", "role", "regency", "language", "is_active"]
        field_classes = {"full_name": PlainText}

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if self.by is not None and self.by.pk == self.instance.pk:
            for name in {"role", "regency", "is_active"} & set(self.changed_data):
                self.add_error(
                    name, ValidationError(_("Another administrator has to change this for you."), code="own_account")
                )
        return cleaned
