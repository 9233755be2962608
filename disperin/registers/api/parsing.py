"""What the API reads: one JSON object of bounded size and depth, of values that can be stored."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from disperin.registers.api.problems import Problem
from disperin.registers.values.limits import LARGEST
from disperin.ui import characters, sentences

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # as JSON writes it
_SURROGATES = re.compile("[\ud800-\udfff]")
DEEPEST = 20  # objects and lists within each other; values of a record need four
LONGEST = 5_000  # names of an object, texts or objects of a list; the largest part of a record has fewer rows


class ObjectParser(BaseParser):
    """JSON in UTF-8 (RFC 8259) whose top is an object. Raises ParseError, or a Problem 413.

    A value may hold half a character: its field refuses it, together with whatever else is wrong.
    """

    media_type = "application/json"
    renderer_class = JSONRenderer

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The object as a dict; numbers are finite, names can be encoded."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise Problem(413, "too_large", _("The request is larger than is accepted."))
        try:
            text = raw.decode()
            names = _whole_names if _SURROGATE.search(text) else _single_names
            value = json.loads(text, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=names)
        except UnicodeDecodeError:
            raise ParseError(_("The body must be JSON in UTF-8.")) from None
        except (ValueError, RecursionError):
            raise ParseError(_("The body is no JSON that can be read.")) from None
        if not isinstance(value, dict):
            raise ParseError(_("The body must be a JSON object."))
        if _is_deeper(value, DEEPEST):
            raise ParseError(_("The body is nested too deeply."))
        if _is_longer(value, LONGEST):
            raise ParseError(_("An object or a list of the body has more than %(most)d members.") % {"most": LONGEST})
        return value


class AlwaysJson(BaseContentNegotiation):
    """The API speaks JSON, whatever was asked for."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The first parser that reads the content type of the request. Raises UnsupportedMediaType, naming what is."""
        content_type = (request.content_type or "").split(";")[0].strip().lower()
        for parser in parsers:
            if parser.media_type == content_type:
                return parser
        values = {"media_type": content_type, "read": get_text_list([parser.media_type for parser in parsers])}
        raise UnsupportedMediaType(content_type, sentences.UNREAD % values)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> tuple[Any, str]:
        """The view's own first renderer."""
        return renderers[0], renderers[0].media_type


def _refuse(name: str) -> NoReturn:
    raise ParseError(_("“%(value)s” is no number that JSON knows. Send null where there is none.") % {"value": name})


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        values = {"show_value": text[:40], "limit_value": LARGEST}
        raise ParseError(sentences.TOO_MUCH % values)
    return value


def _whole_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; raises ParseError for a name that holds half a character: it could not even be repeated."""
    for name, _value in pairs:
        if problem := _SURROGATES.search(name):
            values = {"character": characters.code_point(problem[0])}
            text = _("The body holds half a character (%(character)s). Send each character whole.") % values
            raise ParseError(text)
    return _single_names(pairs)


def _single_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; raises ParseError for a name that stands twice: one of its values would be lost without a word."""
    known = {}
    for name, value in pairs:
        if name in known:
            raise ParseError(_("“%(name).60s” stands twice in an object of the body. Send it once.") % {"name": name})
        known[name] = value
    return known


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether lists and objects lie deeper in each other than so many levels; itself without recursion."""
    layer = [value]
    while layer and levels:
        inner = [container.values() if isinstance(container, dict) else container for container in layer]
        layer = [member for some in inner for member in some if isinstance(member, dict | list)]
        levels -= 1
    return bool(layer)


def _is_longer(value: Any, most: int) -> bool:
    """Whether an object, or a list of texts or objects, has more members; points of an outline are not counted."""
    waiting = [value]
    while waiting:
        container = waiting.pop()
        inner = list(container.values()) if isinstance(container, dict) else container
        if len(inner) > most and (inner is not container or any(isinstance(member, str | dict) for member in inner)):
            return True
        waiting += [member for member in inner if isinstance(member, dict | list)]
    return False
