"""What everybody may find, kind by kind. Each kind of result is a small source; another kind is one more source.

A source reads public words of records that everybody may know of, whoever asks: what is inside is found elsewhere.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import Any, Protocol
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from disperin.news.filters import NewsFilter
from disperin.regions.models import District, Regency
from disperin.registers.lists.addresses import list_address, record_address
from disperin.registers.lists.caching import kept
from disperin.registers.lists.filters import SearchFilter
from disperin.registers.lists.regency_names import regency_address
from disperin.registers.lists.understood import Term
from disperin.registers.lists.whole_words import holds_words, may_be_whole
from disperin.registers.record import directory, reference, rollup
from disperin.registers.record.models import Record
from disperin.search import scoring
from disperin.search.hits import Hit
from disperin.search.pages import PAGES
from disperin.ui.formats import number
from disperin.ui.texts import Text
from industries.filters import (
    ClusterFilter,
    EstablishmentFilter,
    GreenCertificationFilter,
    HalalCertificationFilter,
    ProductFilter,
    ServiceFilter,
)
from industries.models import Commodity, Establishment, Product
from ovop.filters import AwardFilter
from zones.filters import ProjectFilter, ZoneFilter
from zones.models import Zone

LIKELY = 16  # what the first of the pages is worth above what is spelled as well
LOOKED_AT = 60  # rows of a kind of which the likest are shown
ENOUGH = 7  # one more than are shown: with so many whole words parts of words are not looked for
MAKERS = "industries:establishment-list"


class Source(Protocol):
    """A kind of results."""

    @property
    def slug(self) -> str:
        """Its name in the API."""

    @property
    def label(self) -> Text:
        """What its results are called."""

    @property
    def words_of(self) -> str:
        """The register whose words misspelled ones are likened to; "" for none."""

    def find(self, terms: Sequence[Term]) -> list[Hit]:
        """The likest of what holds all of these terms, in no order; of a register no more than `ENOUGH`."""

    def fitting(self, parts: Sequence[Sequence[Term]]) -> list[int]:
        """Which of these parts of a search find anything."""

    def all_of(self, terms: Sequence[Term]) -> str:
        """The address of the whole list of what holds these terms; "" where there is none."""


@dataclass(frozen=True)
class OfRegister:
    """Records of a register, or what belongs to them, by the filter of its public list.

    Names that `called` holds stand for the kind itself: every record is one. Of a large table those whose own name
    holds the words are looked for first (`named`), since not all rows that hold them can be looked at.
    """

    slug: str
    label: Text
    filterset: type[SearchFilter]
    title: str = "name"
    where: tuple[str, ...] = ("regency__name",)
    note: str = ""
    called: frozenset[str] = frozenset()
    bonus: float = 0
    named: str = ""
    rows: Callable[[], QuerySet[Any]] | None = None  # what is looked through; by default the records of the list
    page: str = ""  # of parts of records, their own page by its name
    list_page: str = ""  # and their own list

    @property
    def words_of(self) -> str:
        """As of every source."""
        return self.filterset.words_of

    def find(self, terms: Sequence[Term]) -> list[Hit]:
        """As of every source; one query, or two where few rows hold several things as whole words."""
        asked, rest = self._asked(), self._rest(terms)
        if not rest or (self.page and all(term.places for term in rest)):
            return []  # all products of a region are found as its makers, which is far cheaper
        rows = self._rows(asked, rest, whole=True) if asked.worded and may_be_whole(rest) else []
        if len(rows) < ENOUGH:
            rows = self._rows(asked, rest)
        likeness = partial(self._likeness, terms=terms, searched=asked.searched)
        scored = [(-likeness(row), row[self.title], row["number"], row) for row in rows]
        likest = sorted(scored, key=itemgetter(0, 1, 2))[:ENOUGH]  # only these are worth an address
        return [self._hit(row, -score) for score, _title, _number, row in likest]

    def _rows(self, asked: SearchFilter, rest: Sequence[Term], *, whole: bool = False) -> list[dict[str, Any]]:
        """Some rows that hold all of these terms, of large tables those that are named so among them."""
        called, things = asked.queryset, [term for term in rest if not term.places]
        if self.named and things and whole:
            called = called.filter(holds_words(self.named, things))
        elif self.named:
            for term in things:
                called = called.filter(**{f"{self.named}__iregex": scoring.pattern(term)})
        ways = asked.ways_to_hold(asked.queryset, rest, whole=whole)
        if self.named and things:
            places = [term for term in rest if term.places]
            ways += asked.ways_to_hold(called, places, whole=whole) if places else [called]
        most = 2 * LOOKED_AT // len(ways)
        best = [way.order_by().values("pk")[:most] for way in ways]
        rows = asked.queryset.filter(pk__in=best[0].union(*best[1:])) if best[1:] else ways[0]
        columns = {self.title, "number", self._named_by, self.note or self.title, *self.where, asked.searched}
        return reference.rows(rows.order_by()[: 2 * LOOKED_AT], columns)

    def fitting(self, parts: Sequence[Sequence[Term]]) -> list[int]:
        """As of every source; one query."""
        asked, rest = self._asked(), [self._rest(part) for part in parts]
        return asked.fitting(asked.queryset, rest)

    def all_of(self, terms: Sequence[Term]) -> str:
        """As of every source."""
        text = " ".join(term.text for term in self._rest(terms))
        address = reverse(self.list_page) if self.list_page else list_address(directory.get(self.slug))
        return f"{address}?{urlencode({'q': text})}"

    @property
    def _named_by(self) -> str:
        """What its page is named by in addresses: rows of a part by their number."""
        return getattr(self.filterset._meta.model, "named_by", "number")

    def _asked(self) -> SearchFilter:
        return self.filterset({}, queryset=self.rows() if self.rows else _listed(self.filterset._meta.model))

    def _rest(self, terms: Sequence[Term]) -> list[Term]:
        return [term for term in terms if term.text not in self.called]

    def _likeness(self, row: Mapping[str, Any], *, terms: Sequence[Term], searched: str) -> float:
        return scoring.score(row[self.title], row[searched], terms, self.called) + self.bonus

    def _hit(self, row: Mapping[str, Any], score: float) -> Hit:
        where = ", ".join(dict.fromkeys(row[name] for name in self.where if row[name]))
        name = row[self._named_by]
        url = reverse(self.page, args=[name]) if self.page else record_address(directory.get(self.slug), name)
        note = row[self.note] or "" if self.note else ""
        return Hit(self.slug, row[self.title], url, row["number"], where, note, score)


@dataclass(frozen=True)
class InMemory:
    """What is few and known to every worker. `made` gives what holds the terms."""

    slug: str
    label: Text
    made: Callable[[Sequence[Term]], Iterable[Hit]]
    words_of: str = ""
    bonus: float = field(default=0)

    def find(self, terms: Sequence[Term]) -> list[Hit]:
        """As of every source."""
        return list(self.made(terms)) if terms else []

    def fitting(self, parts: Sequence[Sequence[Term]]) -> list[int]:
        """As of every source."""
        return [at for at, part in enumerate(parts) if self.find(part)]

    def all_of(self, terms: Sequence[Term]) -> str:
        """As of every source."""
        return ""


def products() -> QuerySet[Any]:
    """The products of the makers on their list."""
    return Product.objects.listed().annotate(lower_name=Lower("name"))


def projects() -> QuerySet[Any]:
    """The national strategic projects that are no zone, as their list holds them."""
    return Zone.objects.seen_by(AnonymousUser()).apart().shown()


def services() -> QuerySet[Any]:
    """The industry services, as their list holds them."""
    return Establishment.objects.seen_by(AnonymousUser()).apart().shown()


def _listed(model: type[Record]) -> QuerySet[Any]:
    return model.objects.seen_by(AnonymousUser()).current()


def places(terms: Sequence[Term]) -> Iterable[Hit]:
    """The page of a regency or the makers of a district, where nothing but its name is looked for."""
    if not all(term.places for term in terms):
        return
    counts = _counts()
    regencies = frozenset.intersection(*(term.places.regencies for term in terms))
    districts = frozenset.intersection(*(term.places.districts for term in terms))
    for regency in reference.rows_of(Regency, sorted(regencies)):
        count = counts.get("regency", {}).get(regency.pk, 0)
        yield Hit("places", regency.name, regency_address(regency.pk), note=_count(count), score=75)
    for district in reference.rows_of(District, sorted(districts)):
        is_named = len(districts) == 1 or district.regency_id not in regencies
        if is_named and (count := counts.get("district", {}).get(district.pk, 0)):
            score = 76 if scoring.spelled_so(district.name, terms) else 62
            name = _("District of %(name)s") % {"name": district.name}
            yield _makers("places", name, count, score, regency=district.regency_id, district=district.pk)


def commodities(terms: Sequence[Term]) -> Iterable[Hit]:
    """The makers of a commodity."""
    counts = _counts().get("commodities", {})
    for commodity in reference.Tables().table(Commodity).values():
        names = f"{commodity.name_id} {commodity.name_en}".lower()
        if counts.get(commodity.pk) and all(term.held_in(names) for term in terms):
            score = scoring.score(commodity.name, names, terms, frozenset()) + 6
            yield _makers("commodities", commodity.name, counts[commodity.pk], score, commodity=commodity.pk)


def pages(terms: Sequence[Term]) -> Iterable[Hit]:
    """Public pages that are no records, by what they are about."""
    for at, page in enumerate(PAGES):
        about = f"{page.title} {page.words}".lower()
        if all(term.held_in(about) for term in terms):
            score = scoring.score(about, "", terms, frozenset()) + LIKELY - at
            yield Hit("pages", str(page.title), page.address, score=score)


def _counts() -> dict[str, dict[str, int]]:
    return kept(["rollup", "establishments"], lambda: rollup.counts_of("establishments"))


def _makers(kind: str, title: str, count: int, score: float, **asked: str) -> Hit:
    """The list of makers, narrowed down."""
    return Hit(kind, str(title), f"{reverse(MAKERS)}?{urlencode(asked)}", note=_count(count), score=score)


def _count(makers: int) -> str:
    return ngettext("%(count)s maker", "%(count)s makers", makers) % {"count": number(makers)}


SOURCES: tuple[Source, ...] = (
    InMemory("places", _("Regions"), places),
    InMemory("commodities", _("Commodities"), commodities),
    InMemory("pages", _("Pages and help"), pages),
    OfRegister(
        "establishments", _("Makers"), EstablishmentFilter, named="name",
        where=("village__name", "district__name", "regency__name"),
        called=frozenset({"ikm", "pembuat", "perajin", "pengrajin", "maker", "makers", "toko"}),
    ),
    OfRegister(
        "services", _("Industry services"), ServiceFilter, rows=services, page="industries:establishment-detail",
        list_page="industries:service-list", where=("village__name", "district__name", "regency__name"),
        called=frozenset({"jasa", "service", "services"}), bonus=-4,
    ),
    OfRegister(
        "products", _("Products"), ProductFilter, rows=products, page="industries:product-detail",
        list_page="ovop:product-list", note="establishment__name", where=("establishment__regency__name",), bonus=-8,
        called=frozenset({"produk", "product", "products"}),
    ),
    OfRegister(
        "clusters", _("Production centres"), ClusterFilter, where=("village__name", "regency__name"), bonus=-3,
        called=frozenset({"sentra", "cluster", "clusters", "centre", "centres"}),
    ),
    OfRegister(
        "zones", _("Industrial zones"), ZoneFilter, bonus=3,
        called=frozenset({"kawasan", "zone", "zones", "industrial", "industri", "ki"}),
    ),
    OfRegister(
        "projects", _("National strategic projects"), ProjectFilter, rows=projects, page="zones:project-detail",
        list_page="zones:project-list", called=frozenset({"psn", "proyek", "project", "projects"}),
    ),
    OfRegister(
        "awards", _("OVOP stars"), AwardFilter, note="establishment__name",
        called=frozenset({"ovop", "bintang", "penghargaan", "star", "stars", "award", "awards"}), bonus=-12,
    ),
    OfRegister(
        "halal", _("Halal certificates"), HalalCertificationFilter, title="establishment__name",
        note="certificate_number", called=frozenset({"halal", "sertifikat", "certificate", "certificates"}), bonus=-20,
    ),
    OfRegister(
        "green", _("Green-industry certificates"), GreenCertificationFilter, title="establishment__name",
        note="certificate_number", called=frozenset({"hijau", "green", "industri", "industry", "sertifikat"}),
        bonus=-22,
    ),
    OfRegister(
        "news", _("News"), NewsFilter, title="title_id", bonus=-10,
        called=frozenset({"kabar", "berita", "ajakan", "news"}),
    ),
)  # fmt: skip


def labelled(slug: str) -> str:
    """What a kind of results is called."""
    return capfirst(str(next(source.label for source in SOURCES if source.slug == slug)))
