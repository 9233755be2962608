"""A header of every answer that Django has no setting for: what of the device a page may use."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: pages may use nothing of the device (`PERMISSIONS_POLICY`), but for those that say what (`allow`)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return answer


def allow(response: HttpResponse, feature: str) -> HttpResponse:
    """The same answer, whose page alone, and nothing that it shows of others, may ask for this feature."""
    response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY.replace(f"{feature}=()", f"{feature}=(self)")
    return response
