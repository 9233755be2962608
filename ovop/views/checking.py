"""`/v/<token>/`: what a label is worth today. And the public keys, with which anybody checks without us."""

import base64
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import View
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from disperin.ui.views import too_many
from industries.views.pictures import picture_of
from ovop import actions


@method_decorator(never_cache, name="dispatch")
class LabelCheck(View):
    """The page that a label's QR code opens. Never kept: the state is looked up at every check."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The verdict as a page: altered or incomplete is 400, unknown 404, guessing 429, the rest an answer (200)."""
        try:
            check = actions.check(token, asker=BaseThrottle().get_ident(cast(Request, request)))
        except actions.TooManyGuesses as many:
            return too_many(request, many.seconds)
        origin = check.label.origin if check.label else settings.PUBLIC_ORIGIN
        award = check.award
        picture = picture_of(award.product) if award and not award.hidden else None
        context = {"check": check, "verdict": check.verdict, "award": award, "picture": picture, "origin": origin}
        return render(request, "ovop/check.html", context, status=check.verdict.status)


@require_safe
def public_keys(request: HttpRequest) -> HttpResponse:
    """`/.well-known/ovop-keys.json`: the public keys as a JSON Web Key Set (RFC 8037), the signing one last."""
    keys = actions.keys()
    last = [key_id for key_id in keys.public if key_id not in keys.private] + list(keys.private)
    key_set = [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "use": "sig",
            "alg": "EdDSA",
            "kid": key_id,
            "x": base64.urlsafe_b64encode(keys.public_bytes(key_id)).rstrip(b"=").decode(),
        }
        for key_id in last
    ]
    response = JsonResponse({"keys": key_set})
    response["Cache-Control"] = "public, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"  # any page may check a star
    return response
