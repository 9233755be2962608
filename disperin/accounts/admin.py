"""Accounts in the admin: invited, changed and suspended through the verbs, never deleted, no password in sight."""

from collections.abc import Callable
from typing import Any

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401 -- these three register what is taken out below
import django.contrib.auth.admin  # noqa: F401
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from disperin.accounts import actions
from disperin.accounts.forms import AccountForm, InviteForm
from disperin.accounts.holdings import in_hand
from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest, user_of
from disperin.ui.admin import Section

# The admin has no sign-in of its own: it would know neither the rate limits nor the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# An authenticator holds its owner's secret, an address is changed with the account, and groups give no rights here.
admin.site.unregister([Authenticator, EmailAddress, Group])


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """An administrator invites, gives a role, suspends and lets in again. What happened stands in the history."""

    section = Section.PEOPLE
    list_display = ["username", "is_active", "full_name", "role", "regency", "last_login"]
    list_filter = ["role", "is_active", "regency"]
    list_select_related = ["regency"]
    search_fields = ["username", "full_name", "email"]
    ordering = ["username"]
    actions = ["send_invitation_again", "drop_second_factor"]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        form = super().get_form(
            request, obj, change=change, **{**kwargs, "form": AccountForm if change else InviteForm}
        )
        form.by = request.user  # type: ignore[attr-defined]  # of AccountForm
        return form

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        own = ["username"] if obj else []
        return own + list((AccountForm if obj else InviteForm).Meta.fields)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["username"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        values = form.cleaned_data
        if not change:
            obj.pk = actions.invite(**values, by=user_of(request)).pk
            messages.info(request, _("A link to set a password goes to %(email)s.") % {"email": values["email"]})
            return
        changed = set(form.changed_data)
        if {"role", "regency"} & changed:
            actions.change_role(obj, role=values["role"], regency=values["regency"], by=user_of(request))
        if {"full_name", "email", "language"} & changed:
            profile = {name: values[name] for name in ("full_name", "email", "language")}
            actions.change_profile(obj, **profile, by=user_of(request))
        if "is_active" in changed:
            (actions.restore if values["is_active"] else actions.suspend)(obj, by=user_of(request))
        if {"role", "regency", "is_active"} & changed:
            _tell_what_stays(request, obj)

    @admin.action(description=_("Send the link to set a password again"))
    def send_invitation_again(self, request: UserRequest, queryset: QuerySet[User]) -> None:
        sent = self._for_each(request, queryset, actions.invite_again)
        if sent:
            messages.success(
                request, ngettext("%(sent)s link was sent.", "%(sent)s links were sent.", sent) % {"sent": sent}
            )

    @admin.action(description=_("Take off the second factor (lost telephone)"))
    def drop_second_factor(self, request: UserRequest, queryset: QuerySet[User]) -> None:
        if self._for_each(request, queryset, actions.drop_second_factor):
            messages.success(request, _("The second factor is off. At the next sign-in a new one can be set up."))

    def _for_each(self, request: UserRequest, queryset: QuerySet[User], verb: Callable[..., User]) -> int:
        """Do it to each; warn of those that cannot be. Returns how many it was done to."""
        done = 0
        for user in queryset:
            try:
                verb(user, by=request.user)
            except ValidationError as refused:
                messages.warning(request, " ".join(refused.messages))
            else:
                done += 1
        return done


def _tell_what_stays(request: HttpRequest, user: User) -> None:
    """Warn of what is in the hands of somebody who no longer works on it, with the way to hand it on."""
    stays = in_hand(user, outside=user.regency_id if user.is_active else None) if _is_away(user) else []
    if stays:
        listed = ", ".join(f"{holding.label}: {number}" for holding, _things, number in stays)
        text = _("%(user)s still has in hand – %(told)s.") % {"user": user, "told": listed}
        link = format_html('<a href="{}">{}</a>', reverse("submissions:hand-over", args=[user.pk]), _("Hand it on"))
        messages.warning(request, format_html("{} {}", text, link))


def _is_away(user: User) -> bool:
    """Whether there may be things that this person does not work on any more: not while they see all and propose."""
    return not (user.is_active and user.can_propose and user.sees_all)
