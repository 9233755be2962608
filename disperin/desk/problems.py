"""How the API says the refusals of the verbs; everything else is said as in `disperin.registers.api.problems`."""

from typing import Any

from rest_framework.response import Response

from disperin.desk.refusals import NotNow, Refused, Stale
from disperin.registers.api import problems
from disperin.registers.api.problems import Problem


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST Framework's exception handler of the portal."""
    if isinstance(error, Refused):
        error = Problem(403, "refused", error)
    elif isinstance(error, NotNow):
        error = Problem(409, "not_now", error)
    elif isinstance(error, Stale):
        error = Problem(412, "stale", error)
    return problems.answer(error, context)
