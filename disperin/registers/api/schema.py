"""What the description of the API says of every operation: besides its own answer, each refusal that can come."""

from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import Direction, OpenApiParameter
from rest_framework.permissions import SAFE_METHODS

from disperin.registers.api.problems import CONTENT_TYPE, ProblemSerializer
from disperin.registers.lists.as_of import PARAMETER

_ALWAYS = (400, 401, 403, 429)  # nonsense in the address, a bad token, a token that may not, too many requests
_WITH_BODY = (413, 415)
_ETAG = {"ETag": {"schema": {"type": "string"}, "description": "Changes whenever the answer does."}}
_AS_OF = OpenApiParameter(
    PARAMETER,
    OpenApiTypes.DATE,
    description="A past day: the registers as they stood at its end (in the time of the province); today if left out.",
)
_RETRY = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}
_SIGN_IN = {"WWW-Authenticate": {"schema": {"type": "string"}, "description": "How to sign in."}}


class DescribedOnce(SchemaGenerator):
    """Describes the API once in each language of a process: code alone says what it holds, and it is long to make."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        """The description that everybody gets; nobody may change what is returned."""
        language = get_language()
        if not public or self.api_version or language not in dict(settings.LANGUAGES):
            return super().get_schema(request, public)  # anybody may ask for any: they would be without end
        return described(language)


@cache
def described(language: str) -> dict[str, Any]:
    """The description in the language, which is the one in force, as a visitor's call finds it."""
    return SchemaGenerator().get_schema(public=True)


class PortalSchema(AutoSchema):
    """Adds the refusals to each operation; a view names its special ones in `refusals`, by action."""

    def get_override_parameters(self) -> list[Any]:
        """As of the view, and the past day that lists and single rows are asked for."""
        named = list(super().get_override_parameters())
        is_read = self.method == "GET" and getattr(self.view, "action", "list") in ("list", "retrieve", None)
        return [*named, _AS_OF] if is_read and getattr(self.view, "knows_as_of", False) else named

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for status in self._refusals():
            bodies.setdefault(str(status), self._refusal(status, direction))
        bodies["401"]["headers"] = _SIGN_IN
        bodies["429"]["headers"] = _RETRY
        if self.method == "GET" and getattr(self.view, "reads", None):
            bodies["304"] = {"description": "Unchanged since the ETag in If-None-Match.", "headers": _ETAG}
            bodies["200"]["headers"] = _ETAG
        return bodies

    def _map_basic_serializer(self, serializer: Any, direction: Direction) -> dict[str, Any]:
        """The block `inside`, which only some callers get, is not promised to everybody."""
        schema = super()._map_basic_serializer(serializer, direction)
        if "inside" in schema.get("required", ()):
            schema["required"].remove("inside")
        return schema

    def _refusals(self) -> Iterator[int]:
        yield from _ALWAYS
        if "{" in self.path:
            yield 404
        if self.method not in SAFE_METHODS:
            yield from _WITH_BODY
        yield from getattr(self.view, "refusals", {}).get(getattr(self.view, "action", None), ())

    def _refusal(self, status: int, direction: Direction) -> dict[str, Any]:
        body = self._get_response_for_code(ProblemSerializer, str(status), [CONTENT_TYPE], direction)
        return body | {"description": HTTPStatus(status).phrase}
