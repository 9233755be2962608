"""How the sign-in library behaves here: closed sign-up, passwords by our verb, messages in ours. It sends no mail."""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from disperin.accounts import actions
from disperin.accounts.models import Role, User

FREE_GUESSES, REMEMBERED = 5, 15 * 60  # wrong passwords of an account that slow nothing down; seconds they count
SLOWER, SLOWEST = 0.2, 2.0  # seconds: for each further one, and at most


class PortalAccountAdapter(DefaultAccountAdapter):
    """allauth with the portal's rules. Accounts are made by administrators only (`accounts.actions.invite`).

    After signing in one lands at `next` or, without it, at `LOGIN_REDIRECT_URL` (the summary), the head at how things
    stand; suspended accounts are led to a page that says so. Guessing is stopped by allauth's own rate limits, for the
    address it comes from: were the whole account shut, any stranger could keep its owner out. Guesses from many
    addresses make answers slow.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is suspended. Ask the administrator of the portal."),
        "email_password_mismatch": _("The e-mail address or the password is not correct."),
        "username_password_mismatch": _("The username or the password is not correct."),
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The head of office begins with how things stand, everybody else with what waits for them."""
        user: Any = request.user
        return reverse("head:page") if user.role == Role.HEAD else super().get_login_redirect_url(request)

    def set_password(self, user: User, password: str) -> None:
        actions.set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """As of the library; whoever signed in just now, as to set up a second factor, is not asked again."""
        signed_in = get_authentication_records(self.request, self.request.user)
        is_fresh = signed_in and time.time() - signed_in[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_fresh and super().is_reauthentication_required(app=app, **options)

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        super().pre_authenticate(request, **credentials)
        beyond = cache.get(_wrong_ones(credentials), 0) - FREE_GUESSES
        if beyond >= 0:
            time.sleep(min(SLOWER * (beyond + 1), SLOWEST))

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        key = _wrong_ones(credentials)
        cache.add(key, 0, REMEMBERED)
        with suppress(ValueError):  # dropped between the two lines, because the cache was full
            cache.incr(key)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"


def _wrong_ones(credentials: Mapping[str, str]) -> str:
    """Where the wrong passwords of an account are counted; whether there is such an account is not asked."""
    name = credentials.get("email") or credentials.get("username") or ""
    return f"wrong-passwords:{salted_hmac('sign-in', name.lower(), algorithm='sha256').hexdigest()}"
