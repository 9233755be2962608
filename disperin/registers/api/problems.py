"""How the API says a refusal: `application/problem+json` (RFC 9457), with `errors` by path."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DataError
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.settings import api_settings

from disperin.attachments.storage import DISK_FULL, is_disk_full
from disperin.registers.values.terms import Path
from disperin.ui.texts import Text

CONTENT_TYPE = "application/problem+json"
MOST_PATHS, LONGEST_PATH, LONGEST_MESSAGE = 50, 200, 500  # of an answer, whatever was sent
UNREADABLE_FORM = gettext_lazy(
    "This multipart/form-data cannot be read. Let the program that sends it set Content-Type itself, with its boundary."
)


Errors = dict[Path, list[dict[str, str]]]  # what is wrong at each path: `message` and `code`


class FieldErrorSerializer(serializers.Serializer):
    """One thing that is wrong at one path."""

    message = serializers.CharField(help_text="What is wrong and what to do, in the language asked for.")
    code = serializers.CharField(help_text="Lasting and in English, for programs.")


class ProblemSerializer(serializers.Serializer):
    """Every refusal of this API (RFC 9457)."""

    type = serializers.CharField(help_text="Always `about:blank`: the status says what kind of problem it is.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong and what to do, in the language asked for.")
    code = serializers.CharField(help_text="Lasting and in English, for programs.")
    errors = serializers.DictField(
        child=FieldErrorSerializer(many=True),
        required=False,
        help_text=(
            "By path: a field (`name`), a row (`products.<key>`), a field of a row (`products.<key>.unit`). A row that "
            "was sent without a key the record knows has none yet: its place among those that were sent stands there, "
            "counted from 0 (`products.0.unit`)."
        ),
    )
    conflicts = serializers.ListField(
        child=serializers.DictField(),
        required=False,
        help_text="With 409 on a decision: `path`, `label`, `base`, `proposed`, `current` of each field changed twice.",
    )


class Problem(exceptions.APIException):
    """A refusal with a status, a code, words, and perhaps more members."""

    def __init__(self, status: int, code: str, detail: Text | Exception, **members: Any) -> None:
        super().__init__(str(detail), code)
        self.status_code, self.members = int(status), members


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST Framework's exception handler: every error of ours and of the framework's, in one shape."""
    headers = {}
    if isinstance(error, Http404):
        problem = Problem(404, "not_found", error.args[0] if _says(error) else _("There is nothing at this address."))
    elif isinstance(error, PermissionDenied):
        problem = Problem(403, "forbidden", error if str(error) else _("You may not do this."))
    elif isinstance(error, ValidationError):
        problem = invalid(of_django(error))
    elif isinstance(error, exceptions.ValidationError):
        problem = invalid(of_framework(error.detail))
    elif isinstance(error, RequestDataTooBig):
        problem = Problem(413, "too_large", _("The request is larger than is accepted."))
    elif isinstance(error, DataError):
        problem = Problem(400, "invalid", _("A value cannot be stored: a number is too large or a text too long."))
    elif isinstance(error, MultiPartParserError) or isinstance(error.__context__, MultiPartParserError):
        problem = Problem(400, "parse_error", UNREADABLE_FORM)
    elif isinstance(error, SuspiciousOperation | UnicodeError):
        problem = Problem(400, "parse_error", _("The request cannot be read."))
    elif isinstance(error, exceptions.APIException):
        problem = _in_our_words(error)
        if challenge := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = challenge
        if (wait := getattr(error, "wait", None)) is not None:
            headers["Retry-After"] = str(max(1, wait))
    elif is_disk_full(error):
        problem = Problem(507, "disk_full", DISK_FULL)
    else:
        return None
    return Response(said(problem), status=problem.status_code, headers=headers, content_type=CONTENT_TYPE)


def _in_our_words(error: exceptions.APIException) -> exceptions.APIException:
    """The same refusal; of what came too often, the framework says half in English."""
    wait = getattr(error, "wait", None)
    if not isinstance(error, exceptions.Throttled) or wait is None:
        return error
    seconds = max(1, wait)
    text = ngettext(
        "Too many requests. Try again in %(seconds)d second.",
        "Too many requests. Try again in %(seconds)d seconds.",
        seconds,
    )
    return Problem(429, "throttled", text % {"seconds": seconds})


def invalid(errors: Errors) -> Problem:
    """A 400 with errors by path; the detail repeats the first of them, for people who read only that.

    Of very many errors the first are told, and the detail says how many there are.
    """
    more = len(errors) - 1
    errors = {path[:LONGEST_PATH]: some for path, some in islice(errors.items(), MOST_PATHS)}
    first = next((f"{path}: {some[0]['message']}" for path, some in errors.items() if some), "")
    if NON_FIELD_ERRORS in errors:
        first = errors[NON_FIELD_ERRORS][0]["message"]
    detail = _("%(first)s (and %(more)d more)") % {"first": first, "more": more} if more > 0 else first
    return Problem(400, "invalid", detail, errors=errors)


def said(problem: exceptions.APIException) -> dict[str, Any]:
    """The members of a problem as a dict."""
    status = HTTPStatus(problem.status_code)
    detail = problem.detail
    code = detail.code if isinstance(detail, exceptions.ErrorDetail) else "invalid"
    return {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": str(detail),
        "code": code,
        **getattr(problem, "members", {}),
    }


def of_django(error: ValidationError) -> Errors:
    """`{path: [{message, code}]}` of a ValidationError of Django's."""
    if not hasattr(error, "error_dict"):
        return {NON_FIELD_ERRORS: _each(error.error_list)}
    return {path: _each(some) for path, some in error.error_dict.items()}


def by_path(problems: Mapping[Path, Iterable[ValidationError]]) -> Errors:
    """`{path: [{message, code}]}` of `{path: [ValidationError]}`, as forms tell their errors."""
    return {path: _each(some) for path, some in problems.items()}


def of_framework(detail: Any, path: str = "") -> Errors:
    """`{path: [{message, code}]}` of the errors of Django REST Framework, flat."""
    if isinstance(detail, dict):
        errors: Errors = {}
        for name, inner in detail.items():
            whole = name == api_settings.NON_FIELD_ERRORS_KEY  # of what stands at the path itself
            errors |= of_framework(inner, path if whole else f"{path}.{name}" if path else str(name))
        return errors
    if isinstance(detail, list) and any(isinstance(part, dict | list) for part in detail):
        errors = {}
        for at, inner in enumerate(detail):
            errors |= of_framework(inner, f"{path}.{at}" if path else str(at)) if inner else {}
        return errors
    some = detail if isinstance(detail, list) else [detail]
    return {path or NON_FIELD_ERRORS: [_told(str(error), getattr(error, "code", "invalid")) for error in some]}


def _each(errors: Iterable[ValidationError]) -> list[dict[str, str]]:
    return [_told(text, error.code or "invalid") for error in errors for text in error.messages]


def _told(text: Text, code: str) -> dict[str, str]:
    """One error; a message may repeat what was sent, but not all of it, and no halves of characters."""
    text = text.encode(errors="replace").decode()
    return {"message": text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]}…", "code": code}


def _says(error: Exception) -> bool:
    """Django's own look-ups raise Http404 with words about models, which are not for readers."""
    return bool(error.args) and isinstance(error.args[0], str) and "matches the given query" not in error.args[0]
