"""Cursor pagination of the API without counting: the last page costs as much as the first."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from disperin.registers.lists import listing
from disperin.registers.lists.listing import Order
from disperin.ui.texts import Text


class RecordCursorPagination(BasePagination):
    """25 rows, at most 100; `next` and `previous` are whole addresses. The view says its `orders` and its `columns`."""

    page_size = 25
    max_page_size = 100

    def page(
        self, queryset: QuerySet[Any], columns: Sequence[str], request: Request, view: Any
    ) -> list[dict[str, Any]]:
        """One page of rows as dicts, of the order asked for. Raises ValidationError by parameter."""
        self.request = request
        self.order, self.size = self._order(request, view), self._size(request)
        cursor = request.query_params.get("cursor", "")
        try:
            current = listing.page_of(queryset, columns, self.order, cursor, self.size)
        except listing.BadCursor:
            text = _("This place in the list is not known. Begin at the first page, without a cursor.")
            raise ValidationError({"cursor": ValidationError(text, "unknown")}) from None
        self.next, self.previous = current.next, current.previous
        return current.rows

    def answer(self, results: Sequence[Any], **members: Any) -> Response:
        """The page as an answer, with links to its neighbours."""
        return Response(
            {"next": self._link(self.next), "previous": self._link(self.previous), **members, "results": results}
        )

    def _order(self, request: Request, view: Any) -> Order:
        asked = request.query_params.get("order", "")
        chosen = next((order for order in view.orders if order.value == (asked or view.orders[0].value)), None)
        if chosen is None:
            values = {"value": asked[:40], "orders": ", ".join(order.value for order in view.orders)}
            text = _("“%(value)s” is no order of this list. Orders are: %(orders)s.") % values
            raise ValidationError({"order": ValidationError(text, "unknown")})
        return chosen

    def _size(self, request: Request) -> int:
        asked = request.query_params.get("page_size", "")
        if not asked:
            return self.page_size
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 4 and 1 <= int(asked) <= self.max_page_size):
            values = {"value": asked[:40], "most": self.max_page_size}
            text = _("“%(value)s” is no page size. Ask for 1 to %(most)d rows.") % values
            raise ValidationError({"page_size": ValidationError(text, "invalid")})
        return int(asked)

    def _link(self, cursor: str) -> str | None:
        if not cursor:
            return None
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What the description of the API says of the parameters."""
        orders = [order.value for order in view.orders]
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [
            _parameter(
                "cursor", {"type": "string"}, "A place in the list, from `next` or `previous`; never made by hand."
            ),
            _parameter("page_size", size, "Rows of a page."),
            _parameter("order", {"type": "string", "enum": orders, "default": orders[0]}, "Equal rows stand by id."),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """What the description of the API says of the answer."""
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}


class SearchCursorPagination(RecordCursorPagination):
    """As above; `similar` says that nothing fits the search itself, and that these rows only come nearest to it."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """As above, with `similar` and `left_out`."""
        said = super().get_paginated_response_schema(schema)
        near = "Nothing fits the search exactly: these are spelled like it, or lack the words `left_out`, on one page."
        gone = "The words of the search that nothing holds together with the others."
        said["properties"]["similar"] = {"type": "boolean", "description": near}
        said["properties"]["left_out"] = {"type": "array", "items": {"type": "string"}, "description": gone}
        return said | {"required": [*said["required"], "similar", "left_out"]}


def _parameter(name: str, schema: dict[str, Any], text: Text) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}
