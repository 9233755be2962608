"""What is read: each kind of public page and API answer, in many variants, so that first reads are first reads."""

import itertools
import random
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import QuerySet

from disperin.regions.models import Regency
from disperin.registers.lists.listing import page_of
from industries.filters import EstablishmentFilter
from industries.models import Cluster, Establishment

BRANCHES = ("pangan", "sandang_kulit", "kimia_bangunan", "logam_elektronika", "kerajinan_aneka")
NAME = EstablishmentFilter.orders[0]
SAMPLES = 300  # variants of a read


@dataclass(frozen=True)
class Read:
    """A kind of read. `twin` are the bare server's paths for the same query; `target` the share to be reached."""

    name: str
    paths: tuple[str, ...]
    twin: tuple[str, ...] = ()
    target: float = 0.0
    target_is_first: bool = False  # the share is that of first reads


def all_reads() -> list[Read]:
    """Every read that is measured, drawn from what the database holds."""
    chance = random.Random(1)  # noqa: S311 -- dice
    regencies = list(Regency.objects.values_list("pk", flat=True))
    capitals = [quote(capital) for capital in Regency.objects.values_list("capital", flat=True)]
    pairs = list(itertools.product(regencies, BRANCHES))
    filters = [f"regency={regency}&branch={branch}" for regency, branch in pairs]
    numbers = _some(chance, Establishment.objects.all())
    clusters = _some(chance, Cluster.objects.all())
    words = [f"{word}%20{at}" for word in ("galuh", "haruan", "kasturi", "pinang") for at in range(1, 60)]
    deep, offsets = _deep(chance)
    lists = tuple(f"/list?{query}" for query in filters)
    details = tuple(f"/detail?number={number}" for number in numbers)
    return [
        Read("list, API", _api("establishments", *filters), lists, target=0.3),
        Read("list, page", tuple(f"/industri/?{query}" for query in filters), lists, target=0.3),
        Read("one record, API", tuple(f"/api/v1/establishments/{number}/" for number in numbers), details, target=0.2),
        Read("one record, page", tuple(f"/industri/{number}/" for number in numbers), details),
        Read(
            "deep page by cursor, API", _api("establishments", *deep),
            tuple(f"/offset?offset={offset}" for offset in offsets), target=1.0, target_is_first=True,
        ),
        Read("search, API", _api("establishments", *(f"q={word}" for word in words))),
        Read("search, page", tuple(f"/industri/?q={word}" for word in words)),
        Read("search of a common word, page", tuple(f"/industri/?q=anyaman&regency={code}" for code in regencies)),
        Read("search misspelled, page", tuple(f"/industri/?q=sasirngan{at}" for at in range(40))),
        Read("search of everything", tuple(f"/cari/?q={word}" for word in words)),
        Read("search of a thing in a place", tuple(f"/cari/?q=anyaman%20{capital}" for capital in capitals)),
        Read("suggestions", tuple(f"/cari/saran/?q={word}" for word in words)),
        Read("list without filter, page", ("/industri/", "/industri/?order=-verified_at", "/en/industri/")),
        Read("map, JSON", tuple(f"/industri/peta.json?{query}" for query in filters)),
        Read("products, API", _api("products", *(f"regency={code}" for code in regencies))),
        Read("clusters, page", tuple(f"/sentra/?regency={code}" for code in regencies)),
        Read("one cluster, page", tuple(f"/sentra/{number}/" for number in clusters)),
        Read("home", ("/", "/en/")),
        Read("villages, API", _api("villages", *(f"regency={code}" for code in regencies))),
        Read("registers, API", ("/api/v1/registers/establishments/", "/api/v1/registers/")),
    ]  # fmt: skip


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
