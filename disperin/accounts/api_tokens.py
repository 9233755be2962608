"""Who is asking, by token: `Authorization: Token …`. Scope and second factor are judged here and nowhere else."""

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from disperin.accounts.models import ApiKey, User
from disperin.accounts.second_factor import lacks_second_factor, refusal

if TYPE_CHECKING:  # its module asks the settings, which name this one
    from drf_spectacular.openapi import AutoSchema

TOKEN = re.compile(rb"[0-9a-f]{64}")


class PortalTokenAuthentication(TokenAuthentication):
    """Signs a request in by its token, with one query. `request.auth` is then the `ApiKey`.

    Answers 401 with `WWW-Authenticate: Token` for a token that is unknown, expired, or of a suspended person; 403 for
    a read-only token that tries to write and for a person who has yet to set up the second factor.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        try:
            credentials = super().authenticate(request)
        except AuthenticationFailed as error:
            if error.get_codes() == AuthenticationFailed.default_code:  # the library's own words, in English
                raise AuthenticationFailed from error
            raise
        if credentials is None:
            return None
        user, key = credentials
        if key.scope == ApiKey.Scope.READ and request.method not in SAFE_METHODS:
            raise PermissionDenied(
                _("This token may only read. Make one that may write on your account page."), code="read_only_token"
            )
        if lacks_second_factor(user):
            raise PermissionDenied(refusal(), code="second_factor_required")
        return credentials

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiKey]:
        # The library's own look-up reads every token of the person and deletes old ones during a read.
        key = None
        if TOKEN.fullmatch(token):
            key = ApiKey.objects.select_related("user").filter(digest=hash_token(token.decode())).first()
        if key is None:
            raise AuthenticationFailed(_("This token is not known."), code="unknown_token")
        if key.is_expired:
            raise AuthenticationFailed(
                _("This token has expired. Make a new one on your account page."), code="expired"
            )
        return self.validate_user(key)

    def validate_user(self, auth_token: ApiKey) -> tuple[User, ApiKey]:
        if not auth_token.user.is_active:
            raise AuthenticationFailed(_("This account is suspended."), code="suspended")
        return auth_token.user, auth_token


class PortalTokenScheme(OpenApiAuthenticationExtension):
    """Names the token in the description of the API."""

    target_class = PortalTokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: "AutoSchema") -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": (
                "`Authorization: Token <token>`. Tokens are made on one's own account page, read only or read and"
                " write; a read-only token is answered 403 when it tries to write."
            ),
        }
