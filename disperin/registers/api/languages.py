"""Which language a request is answered in: pages by their path, the API by what the program accepts."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

API = "/api/"


class PortalLocaleMiddleware(LocaleMiddleware):
    """As Django's; below `/api/`, where addresses have no language, `Accept-Language` decides."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if is_api(request):
            translation.activate(language_accepted(request))
            request.LANGUAGE_CODE = translation.get_language()


def is_api(request: HttpRequest) -> bool:
    """Whether this is a call of the API."""
    return request.path_info.startswith(API)


def language_accepted(request: HttpRequest) -> str:
    """The portal's language that the program asks for, by its cookie or `Accept-Language`."""
    return translation.get_language_from_request(request)
