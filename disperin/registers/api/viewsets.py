"""What every list and detail of the API does: columns, cursors, kept answers, no unknown parameters."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, NoReturn, cast

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from disperin.accounts.requests import UserApiRequest
from disperin.regions.reach import reaches_regency
from disperin.registers.api.describing import RegisterRowSerializer, RegisterSerializer, describe, row_of
from disperin.registers.api.pagination import RecordCursorPagination, SearchCursorPagination
from disperin.registers.api.parsing import ObjectParser
from disperin.registers.api.problems import by_path, invalid, of_framework
from disperin.registers.api.serializers import RecordSerializer, RowSerializer, inside_columns, inside_of
from disperin.registers.api.throttling import AddressThrottle
from disperin.registers.lists import as_of, listing
from disperin.registers.lists.caching import Kept, is_anonymous, reads_of
from disperin.registers.lists.filters import PortalFilterBackend, SearchFilter
from disperin.registers.pairing.pairs import successor_of
from disperin.registers.record import actions, directory, reference
from disperin.registers.record.directory import Register
from disperin.registers.record.numbers import NUMBER
from disperin.registers.values.fields import MOST_TOLD
from disperin.registers.values.terms import Problems, Row

_KEY = re.compile(r"[0-9]{1,18}")
PAGING = ("cursor", "page_size", "order")


class StrictViewSet(GenericViewSet):
    """Refuses query parameters that it does not know, or that are given twice: nothing asked for is passed over."""

    http_method_names = ["get", "head", "post", "patch"]
    parser_classes = [ObjectParser]
    knows_as_of = False  # whether it answers as of past days
    filterset_class: Any = None
    filterset: SearchFilter  # once a list was narrowed by it
    paginator: RecordCursorPagination

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_parameters(request, self.known_parameters())

    def known_parameters(self) -> dict[str, bool]:
        """`{name: may it be repeated}`."""
        known = {as_of.PARAMETER: False} if self.knows_as_of and self.action in ("list", "retrieve") else {}
        if self.action != "list":
            return known
        filters = self.filterset_class.base_filters if self.filterset_class else {}
        return (
            known
            | dict.fromkeys(PAGING, False)
            | {name: _takes_several(list_filter) for name, list_filter in filters.items()}
        )


class ReadingViewSet(Kept, StrictViewSet):
    """Lists and single rows, read as columns. `reads` names the registers whose change makes an answer old.

    Which table it reads, and in which orders its list stands, says the filter.
    """

    serializer_class: type[RowSerializer]
    row_serializer_class: ClassVar[type[RowSerializer]]  # of the list; `serializer_class` is that of the detail
    model: ClassVar[Any]
    orders: tuple[listing.Order, ...]
    pagination_class = SearchCursorPagination
    filter_backends = [PortalFilterBackend]
    lookup_pattern: ClassVar[re.Pattern]  # what the lasting names of the rows look like
    seconds_to_wait: float | None = None
    is_counted = False  # this visitor's call, before anything is looked up

    def get_queryset(self) -> QuerySet[Any]:
        return self.model.objects.all()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.filterset_class:
            cls.model, cls.orders = cls.filterset_class._meta.model, cls.filterset_class.orders

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if is_anonymous(request):
            throttle, self.is_counted = AddressThrottle(), True
            if not throttle.allow_request(request, self):
                self.seconds_to_wait = throttle.wait()
                return super(Kept, self).dispatch(request, *args, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def check_throttles(self, request: Request) -> None:
        if self.seconds_to_wait is not None:
            self.throttled(request, self.seconds_to_wait)
        if not self.is_counted:
            super().check_throttles(request)

    def get_serializer_class(self) -> Any:
        return self.row_serializer_class if self.action == "list" else self.serializer_class

    def list(self, request: Request) -> Response:
        """A page of rows that fit the filters, in the order asked for."""
        queryset = self.filter_queryset(self.get_queryset())
        serializer = self.row_serializer_class
        rows = self.paginator.page(queryset, serializer.columns(), request, self)
        nearest = None if rows or "cursor" in request.query_params else self.filterset.similar()
        if nearest is not None:
            rows = reference.rows(nearest.rows[: self.paginator.size], serializer.columns())
        left_out = list(nearest.left_out) if nearest else []
        return self.paginator.answer(serializer.told(rows, request), similar=nearest is not None, left_out=left_out)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One row, by its lasting name."""
        return Response(self.said_of(self.row(self.serializer_class.columns()), request))

    def row(self, columns: Iterable[str]) -> Row:
        """The columns of the row that the address names; raises Http404."""
        rows = reference.rows(self.named()[:1], columns)
        return rows[0] if rows else self.nothing()

    def named(self) -> QuerySet[Any]:
        """The row that the address names, as a queryset; raises Http404 for what cannot be a name."""
        name = self.kwargs[self.lookup_field]
        if not self.lookup_pattern.fullmatch(name):
            self.nothing()
        return self.get_queryset().filter(**{self.lookup_field: name})

    def nothing(self) -> NoReturn:
        """Raises Http404 with the name that was asked for."""
        raise not_here(self.kwargs[self.lookup_field])

    def said_of(self, row: Row, request: Request) -> dict[str, Any]:
        """The row as the API says it."""
        return self.serializer_class.told([row], request)[0]


class ReachViewSet(StrictViewSet):
    """What the office works on: only what lies within reach, and never cached. `row_class` tells a row of the list."""

    permission_classes = [IsAuthenticated]
    pagination_class = RecordCursorPagination
    filter_backends = [PortalFilterBackend]
    queryset: QuerySet[Any]
    row_class: ClassVar[Any]

    def get_queryset(self) -> Any:
        return self.queryset.model.objects.within_reach(self.request.user)

    def get_serializer_class(self) -> Any:
        return self.row_class if self.action == "list" else self.serializer_class

    def by_key(self) -> Any:
        """The row whose primary key the address names, within reach; raises Http404."""
        name = self.kwargs["pk"]
        row = self.get_queryset().filter(pk=int(name)).first() if _KEY.fullmatch(name) else None
        if row is None:
            raise not_here(name)
        return row

    def page(self, request: Request) -> Response:
        """The page of the list that is asked for."""
        queryset = self.filter_queryset(self.get_queryset())
        rows = self.paginator.page(queryset, self.row_class.columns(), request, self)
        answer = self.paginator.answer(self.row_class.told(rows, request))
        answer["Cache-Control"] = "private, no-store"
        return answer


class NothingSerializer(serializers.Serializer):
    """A step that needs no words."""


class RevealSerializer(serializers.Serializer):
    """Which masked field is to be shown."""

    field = serializers.CharField(max_length=80)


class RevealedSerializer(serializers.Serializer):
    """The value of a masked field. The history remembers who asked."""

    field = serializers.CharField()
    value = serializers.CharField(allow_blank=True)


class RecordViewSet(ReadingViewSet):
    """A register: its open records as a list, each record by its number. Changes go through `submissions`.

    Whoever's reach includes a record also gets `inside`, with masked values masked. A register without public fields
    answers only people with an account, and only with what lies within their reach.
    """

    serializer_class: type[RecordSerializer]
    knows_as_of = True
    lookup_field = "number"
    lookup_pattern = NUMBER

    @property
    def reads(self) -> tuple[str, ...]:
        """As of every list; a register that only the office reads is kept for nobody."""
        return reads_of(self.model) if self.model.audience.is_public else ()

    def get_permissions(self) -> Any:
        return super().get_permissions() if self.model.audience.is_public else [IsAuthenticated()]

    def get_queryset(self) -> QuerySet[Any]:
        """Lists show open records; a closed one keeps its address."""
        seen = self.model.objects.seen_by(self.request.user).worked_out()
        return seen.current() if self.action == "list" else seen

    def apart_from_the_register(self) -> QuerySet[Any]:
        """The same of what stands apart from the register (`Record.apart`)."""
        seen = self.model.objects.seen_by(self.request.user).worked_out().apart()
        return seen.shown() if self.action == "list" else seen

    def retrieve(self, request: Request, number: str) -> Response:
        """One record, by its number. Closed ones are found too, and say so; a merged one leads to the other (308)."""
        columns = [*self.serializer_class.columns(), "id", "regency_id", "closed_on"]
        if request.user.is_authenticated:
            columns += inside_columns(self.model)
        row = self.row(dict.fromkeys(columns))
        if row["closed_on"] and (successor := successor_of(number)):
            address = request.build_absolute_uri(as_of.kept(request.path.replace(number, successor)))
            leads_to = {"number": successor, "url": address}
            return Response(leads_to, status=308, headers={"Location": address, "Cache-Control": "no-cache"})
        answer = self.said_of(row, request)
        if not reaches_regency(request.user, row["regency_id"], of_province=self.model.of_province):
            return Response(answer)
        if self.model.audience.is_public:
            inside_parts = self.serializer_class.inside_parts_of(row["id"])
            answer |= {"inside": inside_of(self.model, row) | inside_parts}
        return Response(answer, headers={"Cache-Control": "private, no-store"})

    def said_of(self, row: Row, request: Request) -> dict[str, Any]:
        """As of every row, with the parts."""
        return super().said_of(row, request) | self.serializer_class.parts_of(row["id"], request)

    @extend_schema(request=RevealSerializer, responses={200: RevealedSerializer})
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def reveal(self, request: UserApiRequest, number: str) -> Response:
        """Show a masked field, such as the NPWP. The history keeps who looked, and when."""
        record = self.named().first() or self.nothing()
        field = asked_of(request, RevealSerializer)["field"]
        value = actions.reveal(record, field, by=request.user)
        return Response({"field": field, "value": value}, headers={"Cache-Control": "private, no-store"})


class RegisterViewSet(Kept, StrictViewSet):
    """The registers, and what may be proposed to each: the fields of its form, in the language asked for."""

    reads = ("reference",)
    serializer_class = RegisterSerializer
    pagination_class = None
    filter_backends = []
    lookup_field = "slug"

    def known_parameters(self) -> dict[str, bool]:
        return {}

    @extend_schema(responses={200: RegisterRowSerializer(many=True)})
    def list(self, request: Request) -> Response:
        """Every register."""
        return Response([row_of(register, request) for register in directory.all_registers()])

    def retrieve(self, request: Request, slug: str) -> Response:
        """One register with the fields and parts of its form."""
        return Response(describe(register_at(slug), request))


def _takes_several(list_filter: Any) -> bool:
    return "MultipleChoice" in type(list_filter).__name__


def not_here(name: Any) -> Http404:
    """The Http404 of an address, with the name that was asked for."""
    return Http404(_("There is no “%(name)s” here.") % {"name": str(name)[:40]})


def register_at(slug: Any) -> Register:
    """The register that an address names; raises Http404."""
    try:
        return directory.get(slug)
    except directory.UnknownRegister:
        raise not_here(slug) from None


def register_in(body: Mapping[str, Any]) -> Register:
    """The register that a body names; raises ValidationError at `register`."""
    slug = body.get("register")
    try:
        return directory.get(slug)
    except directory.UnknownRegister:
        words = {
            "value": str(slug or "")[:40],
            "known": ", ".join(register.slug for register in directory.all_registers()),
        }
        text = _("There is no register “%(value)s”. Registers are: %(known)s.") % words
        raise ValidationError({"register": ValidationError(text, "unknown")}) from None


def asked_of(
    request: Request,
    serializer_class: type[serializers.Serializer],
    *,
    also: Callable[[dict[str, Any]], Problems] | None = None,
) -> dict[str, Any]:
    """The body as the serializer understands it; names that it does not know are errors.

    What a body is refused for is told together with what `also` finds in it: a function that gives
    `{path: [ValidationError]}`, and of the serializer's own paths is not heard.
    """
    given = cast("dict[str, Any]", request.data)  # as the parser gives it
    asked = serializer_class(data=given)
    unknown = [name[:80] for name in given if name not in asked.fields][:MOST_TOLD]
    errors = by_path(dict.fromkeys(unknown, [ValidationError(_("There is no such field."), "unknown")]))
    if not asked.is_valid():
        errors |= of_framework(asked.errors)
    if errors:
        raise invalid((by_path(also(given)) if also else {}) | errors)
    return asked.validated_data


def refuse_parameters(request: Request, known: Mapping[str, bool]) -> None:
    """Raises ValidationError for parameters other than those `known` (`{name: may it be repeated}`)."""
    problems: dict[str, ValidationError] = {}
    for name, values in request.query_params.lists():
        if len(problems) == MOST_TOLD:
            break
        if name not in known:
            words = {"name": name[:40], "known": ", ".join(sorted(known)) or "–"}
            text = _("There is no parameter “%(name)s” here. Known are: %(known)s.") % words
            problems[name[:40]] = ValidationError(text, "unknown_parameter")
        elif len(values) > 1 and not known[name]:
            problems[name] = ValidationError(_("This parameter was given twice."), "repeated")
    if problems:
        raise ValidationError(problems)
