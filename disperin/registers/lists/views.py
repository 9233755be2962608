"""The public pages that every register has: its list, the same list as points for the map, and one record."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView, View

from disperin.maps.outlines import feature_collection, point_feature
from disperin.maps.pictures import points_picture
from disperin.regions.reach import Insider, reaches
from disperin.registers.hiding.hidden import hidden_in
from disperin.registers.lists import as_of, listing
from disperin.registers.lists.addresses import way_to
from disperin.registers.lists.caching import Kept, kept, reads_of
from disperin.registers.lists.facets import ORIGIN, Counts, Facet, count, names_of, shown
from disperin.registers.lists.filters import RecordFilter
from disperin.registers.lists.places_meant import PlaceMeant, places_meant
from disperin.registers.lists.plain import cards_of, columns_of, facets_of
from disperin.registers.pairing.pairs import successor_of
from disperin.registers.record import directory, reference, rollup
from disperin.registers.record.models import Origin, Record, RecordQuerySet
from disperin.registers.values.point import Point
from disperin.ui.listing import kept_parameters, with_query
from disperin.ui.texts import Text

MOST_POINTS = 3000  # on one map; more would make it slow on a telephone
MAP = "peta"
# parameters that say how a list is shown, or as of which day, not what is in it
NOT_FILTERS = ("order", "cursor", "tampilan", "page", as_of.PARAMETER)
NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")  # whatever a record is named by in addresses


class Shown(Kept):
    """A page of a register. Whoever has no account is sent to sign in where the register is read inside only."""

    @property
    def reads(self) -> tuple[str, ...]:
        """As of Kept; pages that read more say so."""
        return reads_of(self.shown_model())

    @property
    def is_public(self) -> bool:
        """Whether visitors read this register."""
        return self.shown_model().audience.is_public

    def shown_model(self) -> type[Record]:
        """The model of the register."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_public:
            return super().dispatch(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class Listed(Shown):
    """What list and map share: which records the address asks for, and what of it could not be understood."""

    filterset_class: type[RecordFilter]  # which also says whose records these are, and in which orders they stand

    @property
    def model(self) -> type[Record]:
        """The model of the register."""
        return self.filterset_class._meta.model

    def shown_model(self) -> type[Record]:
        return self.model

    def ask(self) -> None:
        """Read the filters from the address into `active`, `problems` and `matches`; a bad one narrows nothing."""
        asked = self.request.GET.copy()
        for name in NOT_FILTERS:
            asked.pop(name, None)
        self.asked = self.bound(asked)
        self.problems = []
        for name, errors in self.asked.form.errors.items():
            label = self.label_of(name)
            self.problems.append(
                {"label": label, "value": asked.get(name, "")[:80], "message": errors[0], "url": self.without(name)}
            )
            asked.pop(name, None)
        if self.problems:
            self.asked = self.bound(asked)
            self.asked.form.is_valid()
        cleaned = self.asked.form.cleaned_data
        # a code is taken as it is stored, even if only its digits were typed
        self.active = {
            name: getattr(cleaned[name], "pk", None) or text
            for name in self.asked.filters
            if (text := asked.get(name, "").strip()) and cleaned.get(name) not in (None, "")
        }
        self.matches = self.asked.qs

    def bound(self, asked: QueryDict) -> RecordFilter:
        """The filters bound to a query."""
        return self.filterset_class(asked, queryset=self.records(), request=self.request)

    def records(self) -> RecordQuerySet:
        """What is narrowed: the records that the list would hold without any filter."""
        return self.model.objects.seen_by(self.request.user).current()

    def label_of(self, name: str) -> str:
        """What a filter is called on the page."""
        list_filter = self.asked.filters.get(name)
        return capfirst(str(list_filter.label)) if list_filter is not None and list_filter.label else name

    def without(self, name: str) -> str:
        """The address of this list without one filter, and without those that depend on it."""
        gone = next((facet.drops for facet in getattr(self, "facets", ()) if facet.parameter == name), ())
        return with_query(self.request, **dict.fromkeys((name, *gone)))


class RecordList(Listed, TemplateView):
    """The public list of a register: search, facets, chips, order, cards and map, all of it in the address."""

    template_name = "registers/plain_list.html"
    page_size = listing.PAGE_SIZE
    knows_as_of = True

    @property
    def facets(self) -> tuple[Facet, ...]:
        """What the list is narrowed by, besides the origin."""
        return facets_of(self.model)

    @property
    def columns(self) -> tuple[str, ...]:
        """What is read for each row; public fields only."""
        return columns_of(self.model)

    @property
    def orders(self) -> tuple[listing.Order, ...]:
        """The orders of the list, the first where none is asked for."""
        return self.filterset_class.orders

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.ask()
        counts = self.counts()
        if counts.few is not None:  # rare matches are sorted by themselves: cheaper than looking for them in order
            self.matches = self.asked.queryset.filter(pk__in=counts.few)
        page = self.page()
        nearest = self.asked.similar() if not page.rows and "q" in self.active else None
        if nearest is not None:
            page = listing.Page(reference.rows(nearest.rows[: listing.PAGE_SIZE], ("id", *self.columns)))
        names = self.names()
        return super().get_context_data(
            records=self.cards(page.rows),
            counts=counts,
            facets=shown(self.request, self.model, self.offered, counts, names, self.active),
            unchecked_url=with_query(self.request, origin=Origin.OLDER_SYSTEM.value),
            chips=[self.chip(name, value, names) for name, value in self.active.items()],
            clear_url=with_query(self.request, **dict.fromkeys(self.asked.filters)),
            problems=self.problems,
            kept=kept_parameters(self.request, "q"),
            search=self.request.GET.get("q", "").strip(),
            similar=nearest is not None,
            left_out=nearest.left_out if nearest else (),
            places_meant=self.places_meant(counts),
            has_map=self.model.point is not None,
            as_map=self.model.point is not None and self.request.GET.get("tampilan") == MAP,
            list_url=(list_url := with_query(self.request, tampilan=None)),
            download_query=list_url.partition("?")[2],
            changes_query=self.points_url("", day=False).partition("?")[2],
            register=(register := directory.of(self.model)),
            register_slug=register.slug,
            trail=way_to(self.request, register) if self.is_public else "",
            map_url=with_query(self.request, tampilan=MAP),
            points_url=self.points_url("peta.json"),
            picture_url=self.points_url("peta.svg"),
            most_points=MOST_POINTS,
            points_capped=not counts.exact or counts.total > MOST_POINTS,
            orders=[(order.value, order.label) for order in self.orders],
            order=self.order.value,
            previous_url=page.previous and with_query(self.request, cursor=page.previous),
            next_url=page.next and with_query(self.request, cursor=page.next),
            **kwargs,
        )

    @property
    def offered(self) -> tuple[Facet, ...]:
        """The facets of the register, and that of every register."""
        return (*self.facets, ORIGIN)

    def counts(self) -> Counts:
        """How many records fit, in all and by facet; the same on every page of the list and in every order."""
        slug = directory.of(self.model).slug
        everywhere = kept(["rollup", slug], lambda: rollup.counts_of(slug)) if self.is_public else None
        return kept(
            ["counts", slug, sorted(self.active.items())],
            lambda: count(everywhere, self.model, self.matches, self.active, self.offered),
        )

    def places_meant(self, counts: Counts) -> list[PlaceMeant]:
        """Filters that the words searched for may be meant for."""
        if "q" not in self.active:
            return []
        return places_meant(self.request, self.asked.terms, counts, [facet.name for facet in self.offered], self.active)

    def names(self) -> dict[str, dict[str, str]]:
        """The labels of codes that facets and chips show; they differ only with what facets stand within."""
        within = [self.active.get(facet.within) for facet in self.offered]
        name = ["names", directory.of(self.model).slug, within]
        return kept(name, lambda: names_of(self.offered, self.active))

    def order_of(self, asked: str) -> listing.Order | None:
        """The Order of this name, or None."""
        return next((order for order in self.orders if order.value == asked), None)

    def page(self) -> listing.Page:
        """The page that the address names; a cursor or order that is none gives the first page, and says so."""
        asked = self.request.GET.get("order", "")
        self.order = self.order_of(asked) or self.orders[0]
        if asked and self.order.value != asked:
            self.tell_problem("order", _("Sort by"), asked, _("There is no such order."))
        cursor = self.request.GET.get("cursor", "")
        try:
            return listing.page_of(self.matches, self.columns, self.order, cursor, self.page_size)
        except listing.BadCursor:
            self.tell_problem(
                "cursor", _("Page"), cursor, _("This place in the list is not known: here is the first page.")
            )
            return listing.page_of(self.matches, self.columns, self.order, size=self.page_size)

    def tell_problem(self, name: str, label: Text, value: str, message: str) -> None:
        """Add what could not be understood to what the page tells."""
        self.problems.append(
            {"label": label, "value": value[:80], "message": message, "url": with_query(self.request, **{name: None})}
        )

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows as the template shows them."""
        return cards_of(self.model, rows)

    def pages_below(self, list_path: str) -> str:
        """What the address of a page of one of its records begins with, of the address of the list."""
        return list_path

    def points_url(self, file: str, *, day: bool = True) -> str:
        """The address of the same list as points for the map, or as a drawing of them; of today without its `day`."""
        query = self.request.GET.copy()
        for name in NOT_FILTERS:
            query.pop(name, None)
        address = f"{self.request.path}{file}{'?' + query.urlencode() if query else ''}"
        return as_of.kept(address) if day else address

    def chip(self, name: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """A filter that is on, with the address of the list without it."""
        facet = next((facet for facet in self.offered if facet.parameter == name), None)
        label = facet.title if facet else self.label_of(name)
        text = names[facet.name].get(value) if facet else None
        if text is None:
            given = self.asked.form.cleaned_data.get(name)
            choices = dict(getattr(self.asked.form.fields[name], "choices", ()) or ()) if isinstance(given, str) else {}
            text = choices.get(given, given)
        language = facet.language_of(value) if facet else getattr(text, "title_language", "")
        return {"label": label, "value": text, "language": language, "url": self.without(name)}


class RecordMap(Shown, View):
    """The records of a list as GeoJSON points, at most 3,000; `capped` says that there are more."""

    listed: ClassVar[type[RecordList]] = RecordList
    content_type = "application/geo+json"
    knows_as_of = True

    @property
    def reads(self) -> tuple[str, ...]:
        """What its list reads."""
        return self.listed().reads

    def shown_model(self) -> type[Record]:
        return self.listed.filterset_class._meta.model

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the points; filters that are not understood narrow nothing, as on the page."""
        page = self.listed()
        page.setup(request)
        page.ask()
        point = cast(Point, page.model.point)  # only those with a place have a map
        records = page.matches.filter(**{f"{point.latitude}__isnull": False}).order_by()[: MOST_POINTS + 1]
        self.pages = page.pages_below(request.path.removesuffix("peta.json"))
        return HttpResponse(self.body_of(records, point), content_type=self.content_type)

    def body_of(self, records: QuerySet[Any], point: Point) -> bytes:
        """The records, and perhaps one more than are shown, as the answer holds them."""
        named_by = self.shown_model().named_by
        rows = reference.rows(records, ("number", point.name, point.latitude, point.longitude, named_by, *point.note))
        features = (
            point_feature(
                row[point.latitude],
                row[point.longitude],
                identifier=row["number"],
                name=row[point.name],
                note=", ".join(filter(None, (row[name] for name in point.note))),
                url=as_of.kept(f"{self.pages}{row[named_by]}/"),
            )
            for row in rows[:MOST_POINTS]
        )
        body = feature_collection(features)
        return body[:-1] + b',"capped":true}' if len(rows) > MOST_POINTS else body


class RecordMapPicture(RecordMap):
    """The same points as a drawing, for whoever has no script."""

    content_type = "image/svg+xml"

    def body_of(self, records: QuerySet[Any], point: Point) -> bytes:
        places = records.values_list(point.latitude, point.longitude)[:MOST_POINTS]
        return points_picture([(float(latitude), float(longitude)) for latitude, longitude in places]).encode()


def name_in_addresses(model: type[Record], number: str, user: Insider | AnonymousUser) -> str | None:
    """What addresses name the record of this register number by, however it is written; empty if it is none.

    Only of a record that `user` may know of: its number must not lead to the name of one that is hidden.
    """
    _register, number = directory.named(number)
    if not number or model.named_by == "number":
        return number
    seen = cast(RecordQuerySet, model.objects).seen_by(user)
    return seen.filter(number=number).values_list(model.named_by, flat=True).first()


def _route(request: HttpRequest) -> str:
    """The name of the address that led here."""
    return cast(ResolverMatch, request.resolver_match).view_name


class RecordDetail(Shown, DetailView):
    """The page of one record, by its number. Closed records keep it. Those within reach also see its inside."""

    context_object_name = "record"
    queryset: RecordQuerySet
    knows_as_of = True

    def shown_model(self) -> type[Record]:
        return self.queryset.model

    def get(self, request: HttpRequest, *args: Any, number: str, **kwargs: Any) -> HttpResponse:
        better = name_in_addresses(self.get_queryset().model, number, request.user)
        if better and better != number:
            return redirect(as_of.kept(reverse(_route(request), kwargs={"number": better})), permanent=True)
        response = super().get(request, *args, number=number, **kwargs)
        if self.object.closed_on and (successor := successor_of(self.object.number)):
            moved = redirect(as_of.kept(reverse(_route(request), kwargs={"number": successor})), permanent=True)
            moved["Cache-Control"] = "no-cache"  # a merge can be undone
            return moved
        if self.inside:
            response["Cache-Control"] = "private, no-store"
        return response

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Record:
        """The record of this number; Http404 with words for whoever mistyped it."""
        number = self.kwargs["number"]
        asked = cast(RecordQuerySet, self.get_queryset() if queryset is None else queryset)
        seen = asked.seen_by(self.request.user)
        known = NAME.fullmatch(number)
        of_it = seen.filter(**{seen.model.named_by: number}).order_by()  # one at most: to order it only takes time
        record = next(iter(of_it[:1]), None) if known else None
        if record is None:
            raise Http404(_("There is no record %(number)s.") % {"number": number[:40]})
        self.inside = reaches(self.request.user, record)
        record.reader = self.request.user
        reference.attach([record])
        return record

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register = directory.of(type(self.object))
        hidden = hidden_in(register, self.object) if self.inside and self.is_public else []
        return super().get_context_data(
            inside=self.inside,
            register=register,
            register_slug=register.slug,
            hidden=hidden,
            trail=way_to(self.request, register, self.object) if self.object.is_public else "",
            **kwargs,
        )
