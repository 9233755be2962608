"""The mails about an account, each in the language its reader chose."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.jobs.mailing import signed


def _send(subject: str, template: str, context: dict[str, Any], *addresses: str) -> None:
    text = render_to_string(template, {"province": settings.PROVINCE, **context})
    send_mail(subject, signed(text), settings.DEFAULT_FROM_EMAIL, addresses)


def password_link(user: User) -> str:
    """The address where this person sets a password. Works once and for `PASSWORD_RESET_TIMEOUT` seconds."""
    return settings.PUBLIC_ORIGIN + reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )


def send_invitation(user: User) -> None:
    """Tell a person that an account waits for them, with the link to set a password."""
    with translation.override(user.language):
        context = {"user": user, "link": password_link(user), "days": settings.PASSWORD_RESET_TIMEOUT // 86_400}
        _send(_("Your account at the industry portal"), "accounts/mail/invitation.txt", context, user.email)


def send_password_link(user: User) -> None:
    """Send the link to set a password to somebody who has forgotten theirs."""
    with translation.override(user.language):
        context = {"user": user, "link": password_link(user)}
        _send(_("A new password for the industry portal"), "accounts/mail/password_link.txt", context, user.email)


def send_password_set(user: User, ended: int) -> None:
    """Tell somebody that their account has a new password, with which so many tokens ended."""
    with translation.override(user.language):
        context = {"user": user, "ended": ended}
        _send(_("Your password was changed"), "accounts/mail/password_set.txt", context, user.email)


def send_email_changed(user: User, old_email: str) -> None:
    """Tell the old address that it no longer belongs to the account."""
    with translation.override(user.language):
        context = {"user": user}
        _send(_("Your e-mail address was changed"), "accounts/mail/email_changed.txt", context, old_email)
