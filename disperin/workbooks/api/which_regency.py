"""For which regency a file is asked for or sent."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserApiRequest
from disperin.regions.models import Regency

REGENCY = f"Code, such as {settings.PROVINCE.example.regency}. Officers may leave it out."


def regency_of(request: UserApiRequest) -> Regency:
    """The Regency that is named; an officer's own where none is. Raises ValidationError."""
    code = str(request.query_params.get("regency") or getattr(request, "data", {}).get("regency") or "")
    regency = request.user.regency if not code else Regency.objects.filter(pk=code.replace("\x00", "?")).first()
    if regency is None:
        text = _("Say for which regency, by its code such as %(code)s.") % {"code": settings.PROVINCE.example.regency}
        raise ValidationError({"regency": ValidationError(text, "unknown" if code else "required")})
    return regency
