"""What is read: each kind of public page and API answer, in many variants, so that first reads are first reads."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Count, QuerySet

from disperin.figures.cuts import cuts
from disperin.regions.models import Regency
from disperin.registers.lists.listing import page_of
from disperin.workbooks.actions.exporting import MOST_AT_ONCE
from industries.filters import EstablishmentFilter
from industries.models import Cluster, Establishment

BRANCHES = ("pangan", "sandang_kulit", "kimia_bangunan", "logam_elektronika", "kerajinan_aneka")
SCALES = ("kecil", "menengah", "belum")
NAME = EstablishmentFilter.orders[0]
SAMPLES = 300  # variants of a read


@dataclass(frozen=True)
class Wanted:
    """Shares of the bare view's requests per second: of what nobody has read yet, and of what is read again."""

    first: float
    again: float = 0.0  # nothing is kept of it


@dataclass(frozen=True)
class Read:
    """A kind of read. `twin` are the bare server's paths for the same query; `wanted` the shares to be reached."""

    name: str
    paths: tuple[str, ...]
    twin: tuple[str, ...] = ()
    wanted: Wanted | None = None
    most: int = 8  # connections: a process writes two files at once, and leaves others to the job


def all_reads() -> list[Read]:
    """Every read that is measured, drawn from what the database holds; those with a target first."""
    chance = random.Random(1)  # noqa: S311 -- dice
    regencies = list(Regency.objects.values_list("pk", flat=True))
    capitals = [quote(capital) for capital in Regency.objects.values_list("capital", flat=True)]
    narrowed = list(itertools.product(regencies, BRANCHES, SCALES))
    chance.shuffle(narrowed)
    filters = [f"regency={regency}&branch={branch}&industry_scale={scale}" for regency, branch, scale in narrowed]
    numbers = _some(chance, Establishment.objects.all())
    clusters = _some(chance, Cluster.objects.all())
    words = [f"{word}%20{at}" for at in range(1, 60) for word in ("galuh", "haruan", "kasturi", "pinang")]
    deep, offsets = _deep(chance)
    lists = tuple(f"/list?{query}" for query in filters)
    details = tuple(f"/detail?number={number}" for number in numbers)
    searches = tuple(f"/search?q={word}" for word in words)
    depths = tuple(f"/offset?offset={offset}" for offset in offsets)
    of_regency = [f"regency={regency}" for regency in regencies]
    sizes = Establishment.objects.current().order_by().values_list("regency").annotate(Count("pk"))
    short = [
        f"regency={regency}" for regency, size in sizes if size <= MOST_AT_ONCE
    ] or of_regency  # others are a job's
    return [
        Read("list, API", _api("establishments", *filters), lists, Wanted(0.35, 0.8)),
        Read("list, page", tuple(f"/industri/?{query}" for query in filters), lists, Wanted(0.12, 0.8)),
        Read("search, API", _api("establishments", *(f"q={word}" for word in words)), searches, Wanted(2, 8)),
        Read("search, page", tuple(f"/industri/?q={word}" for word in words), searches, Wanted(1, 8)),
        Read(
            "one record, API", tuple(f"/api/v1/establishments/{number}/" for number in numbers), details,
            Wanted(0.3, 0.7),
        ),
        Read("one record, page", tuple(f"/industri/{number}/" for number in numbers), details, Wanted(0.1, 0.7)),
        Read("last page by cursor, API", _api("establishments", *deep), depths, Wanted(15, 40)),
        Read("facets and counts, page", _figures(), ("/counts",), Wanted(10, 40)),
        Read("CSV of a regency", _files("csv", short), _bare("csv", short), Wanted(0.6), most=2),
        Read("GeoJSON of a regency", _files("geojson", short), _bare("geojson", short), Wanted(0.6), most=2),
        Read("search of a common word, page", tuple(f"/industri/?q=anyaman&regency={code}" for code in regencies)),
        Read("search misspelled, page", tuple(f"/industri/?q=sasirngan{at}" for at in range(40))),
        Read("search of everything", tuple(f"/cari/?q={word}" for word in words)),
        Read("search of a thing in a place", tuple(f"/cari/?q=anyaman%20{capital}" for capital in capitals)),
        Read("suggestions", tuple(f"/cari/saran/?q={word}" for word in words)),
        Read("list without filter, page", ("/industri/", "/industri/?order=-verified_at", "/en/industri/")),
        Read("map, JSON", tuple(f"/industri/peta.json?{query}" for query in filters)),
        Read("products, API", _api("products", *of_regency)),
        Read("clusters, page", tuple(f"/sentra/?{query}" for query in of_regency)),
        Read("one cluster, page", tuple(f"/sentra/{number}/" for number in clusters)),
        Read("home", ("/", "/en/")),
        Read("villages, API", _api("villages", *of_regency)),
        Read("registers, API", ("/api/v1/registers/establishments/", "/api/v1/registers/")),
    ]  # fmt: skip


def _figures() -> tuple[str, ...]:
    """The page of every figure, in both languages."""
    pages = [f"statistik/{cut.register.slug}/{cut.facet.name}/" for cut in cuts()]
    return tuple(f"/{language}{page}" for page in pages for language in ("", "en/"))


def _files(kind: str, queries: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"/unduh/establishments.{kind}?{query}" for query in queries) * 6  # no file is kept


def _bare(kind: str, queries: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"/{kind}?{query}" for query in queries)


def _api(resource: str, *queries: str) -> tuple[str, ...]:
    return tuple(f"/api/v1/{resource}/?{query}" for query in queries)


def _some(chance: random.Random, records: QuerySet) -> list[str]:
    """Register numbers of some records, in no order."""
    numbers = list(records.values_list("number", flat=True))
    return chance.sample(numbers, min(SAMPLES, len(numbers)))


def _deep(chance: random.Random) -> tuple[list[str], list[int]]:
    """Cursors near the end of the whole list, and the offsets that their pages begin at."""
    keys = list(Establishment.objects.current().order_by(NAME.expression, "pk").values_list("pk", flat=True))
    begin = len(keys) * 9 // 10
    offsets = sorted(chance.sample(range(begin, len(keys) - 30), min(SAMPLES, len(keys) - 30 - begin)))
    cursors = []
    for offset in offsets:
        # a page of one row knows the cursor of what follows it
        neighbours = Establishment.objects.filter(pk__in=keys[offset - 1 : offset + 1])
        cursors.append(f"order=name&cursor={page_of(neighbours, ('number',), NAME, size=1).next}")
    return cursors, offsets
