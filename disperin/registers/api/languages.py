"""Which language a request is answered in: pages by their path, the API by what the program accepts.

And in which the portal keeps what a record is called, whoever wrote it down: in its own.
"""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

API = "/api/"


def kept_name(record):
    """What a record is called, as it is kept beside it; names may hold words, such as “Sedang diaudit”."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(record)[:200]


class PortalLocaleMiddleware(LocaleMiddleware):
    """As Django's; below `/api/`, where addresses have no language, `Accept-Language` decides."""

    def process_request(self, request):
        super().process_request(request)
        if request.path_info.startswith(API):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()
