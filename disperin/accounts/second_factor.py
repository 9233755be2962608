"""Who decides for the whole province signs in with a second factor, wherever the installation asks for it."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from disperin.accounts.models import User

# The pages that lead to a second factor, and out again. Everything else waits.
OPEN_PAGES: set[str | None] = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_reauthenticate",
}


def has_second_factor(user: User) -> bool:
    """Does this person sign in with an authenticator? Recovery codes alone are none. One query."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def lacks_second_factor(user: User) -> bool:
    """Must this person set up a second factor before going on? Asks the database only where it matters."""
    return settings.REQUIRE_SECOND_FACTOR and user.needs_second_factor and not has_second_factor(user)


def refusal() -> str:
    """Why a request without second factor is refused, and what to do, in the current language."""
    return gettext(
        "Your role needs a second factor. Sign in to the portal, activate an authenticator app, and try again."
    )


class SecondFactorMiddleware:
    """Sends verifiers and administrators without second factor to the page that activates one; the API answers 403.

    Stands after the sign-in middleware. Visitors without a session cost nothing here, and their pages stay cacheable:
    the user is not even looked at.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        if (
            not settings.REQUIRE_SECOND_FACTOR
            or settings.SESSION_COOKIE_NAME not in request.COOKIES
            or (request.resolver_match and request.resolver_match.url_name) in OPEN_PAGES
            or not request.user.is_authenticated
            or not lacks_second_factor(request.user)
        ):
            return None
        # Told by what only views of the API have: their class cannot be imported here, it reads the sign-in by token.
        if hasattr(getattr(view, "cls", None), "authentication_classes"):
            return JsonResponse(
                {
                    "type": "about:blank",
                    "title": HTTPStatus.FORBIDDEN.phrase,
                    "status": HTTPStatus.FORBIDDEN,
                    "detail": refusal(),
                    "code": "second_factor_required",
                },
                status=HTTPStatus.FORBIDDEN,
                content_type="application/problem+json",
            )
        messages.warning(
            request, gettext("Your role needs a second factor. Set up an authenticator app, then you can go on.")
        )
        return redirect("mfa_activate_totp")
