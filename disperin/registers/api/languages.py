"""Which language a request is answered in: pages by their path, the API by what the program accepts."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

API = "/api/"


class PortalLocaleMiddleware(LocaleMiddleware):
    """As Django's; below `/api/`, where addresses have no language, `Accept-Language` decides."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.path_info.startswith(API):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()
