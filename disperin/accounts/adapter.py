"""How the sign-in library behaves here: closed sign-up, passwords by our verb, messages in ours. It sends no mail."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _

from disperin.accounts import actions


class PortalAccountAdapter(DefaultAccountAdapter):
    """allauth with the portal's rules. Accounts are made by administrators only (`accounts.actions.invite`).

    After signing in one lands at `next` or, without it, at `LOGIN_REDIRECT_URL` (the inbox); suspended accounts are
    led to a page that says so; guessing is stopped by allauth's own rate limits.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is suspended. Ask the administrator of the portal."),
        "email_password_mismatch": _("The e-mail address or the password is not correct."),
        "username_password_mismatch": _("The username or the password is not correct."),
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def set_password(self, user, password):
        actions.set_password(user, password)
