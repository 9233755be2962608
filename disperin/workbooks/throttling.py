"""How many files one network address, or one account, may have made in a while: pages and API together."""

from typing import cast

from django.http import HttpRequest
from rest_framework.request import Request

from disperin.registers.api.throttling import VisitorThrottle


class ExportThrottle(VisitorThrottle):
    """Counts files, whose making costs more than a page."""

    scope = "exports"

    def ident(self, request: HttpRequest) -> str:
        """The account of whoever signed in, else the address."""
        return str(request.user.pk) if request.user.is_authenticated else self.get_ident(cast(Request, request))
