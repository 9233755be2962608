"""Records that may be the same as one at hand, asked for many at once; and all likely pairs of a register.

For pages and verbs of the office only: reasons speak of inside fields. Rivals lie in the same regency.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Count, Func, TextField

from disperin.registers.pairing.blocks import Pair, alike_pairs
from disperin.registers.pairing.like_names import LikeNames
from disperin.registers.pairing.pairs import DuplicatePair, PairState
from disperin.registers.record import directory
from disperin.registers.record.known_words import holding
from disperin.registers.record.likeness import (
    WORTH_ASKING,
    LikenedBy,
    Likeness,
    Reason,
    Traits,
    likeness,
    traits_of,
    words_of,
)
from disperin.registers.record.models import Record, RecordQuerySet
from disperin.registers.values.columns import column
from disperin.registers.values.terms import Path, Values
from disperin.ui.said import Said
from disperin.ui.said import gettext as _

if TYPE_CHECKING:
    from disperin.registers.gate.forms import RecordForm

MOST_RIVALS = 3
MANY = 50  # records of one regency from which on it pays to read its names
_MOST_LOOKED_AT = 5  # candidates for each way to be alike; the score then says which are told
_ALIKE = 0.6  # of 1: share of common trigrams; at the usual 0.3 any two makers of the same thing would count as alike
_TEXTS = ArrayField(TextField())
_IN_INDEX = re.compile(r"[^\W_]{3}")  # an index of trigrams knows nothing shorter, and letters and digits alone

_LOOK = """
    SELECT set_config('pg_trgm.similarity_threshold', %s, true);
    SELECT DISTINCT given.at, rival.id
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[])
        WITH ORDINALITY AS given (name, code, phone, person, village, regency, besides, at)
    CROSS JOIN LATERAL ({found}) AS rival
"""
# What fits is found first (OFFSET 0), by the index made for it: PostgreSQL takes comparing names to be cheap, and may
# else go through a whole regency for each name, at a hundred times the cost.
_FOUND = """(
    SELECT id FROM (SELECT {columns}, regency_id, closed_on FROM {table} WHERE {fits} OFFSET 0) AS fitting
    WHERE closed_on IS NULL AND regency_id = given.regency AND id IS DISTINCT FROM given.besides
    ORDER BY {order} id LIMIT {most}
)"""

_at_hand: ContextVar = ContextVar("names at hand", default=(None, None, None))  # model, regency: see names_at_hand


Asked = tuple[Traits, str, int | None]  # of a record: what tells likeness, its regency, its own key


@dataclass(frozen=True)
class Rival:
    """A record that may be the same: its key, number and name, and how like it is."""

    pk: int
    number: str
    name: str
    alike: Likeness


def _likened_by(model: type[Record]) -> LikenedBy:
    """What tells that two records of a register are one, for a register that says it."""
    if model.likened_by is None:
        raise TypeError(f"Records of {model.__name__} are not likened to each other.")
    return model.likened_by


def asked_of(record: Record) -> Asked:
    """What to ask `rivals_of(type(record))` about a record at hand, stored or not."""
    by = _likened_by(type(record))
    return traits_of(by, {column: getattr(record, column) for column in by.columns}), record.regency_id, record.pk


def traits_in(model: type[Record], values: Values) -> Traits:
    """The Traits that canonical values of a register's form tell: columns of references are called otherwise there."""
    by = _likened_by(model)
    return traits_of(by, {name: values.get(column(model, name).name) for name in by.columns})


@cache
def rivals_of(model: type[Record]) -> Callable[[Iterable[Asked]], dict[Asked, list[Rival]]]:
    """The question of a model, for a form's context: `{(Traits, regency, besides): [Rival]}`, the likest first.

    Open records of the regency other than `besides` (a key, or None), by their name also where the public does not see
    it. Four queries, however many are asked for; what was dismissed as a pair is not told again for the same reasons.
    """

    def question(asked: Iterable[Asked]) -> dict[Asked, list[Rival]]:
        by = _likened_by(model)
        keys_found = _looked_up(model, asked)
        hidden = _rows(_of_hidden_name(model, {regency for _traits, regency, _besides in asked}))
        for sought in asked:
            near = {key for key, row in hidden.items() if row["regency_id"] == sought[1]} - {
                sought[2],
                *keys_found[sought],
            }
            keys_found[sought] += sorted(near)
        rows = hidden | _rows(
            model.objects.filter(pk__in={key for keys in keys_found.values() for key in keys} - {*hidden})
        )
        dismissed = _dismissed(model, {besides for _traits, _regency, besides in asked if besides is not None})
        rivals_by_question = {}
        for sought in asked:
            traits, _regency, besides = sought
            rivals = [
                Rival(key, rows[key]["number"], rows[key][by.name], likeness(traits, traits_of(by, rows[key])))
                for key in keys_found[sought]
                if key in rows
            ]
            rivals = [
                rival
                for rival in rivals
                if rival.alike.score >= WORTH_ASKING
                and not set(rival.alike.reasons) <= dismissed.get(frozenset((besides, rival.pk)), set())
            ]
            rivals_by_question[sought] = sorted(rivals, key=lambda rival: (-rival.alike.score, rival.pk))[:MOST_RIVALS]
        return rivals_by_question

    return question


def rivals(form: "RecordForm") -> list[Rival]:
    """The Rivals of the record that a valid form would store; none for registers that are not likened."""
    record: Record = form.instance
    return form.context.ask(rivals_of(type(record)), asked_of(record)) if record.likened_by else []


def rivals_in(model: type[Record], values: Values, *, regency: str, besides: int | None = None) -> list[Rival]:
    """The Rivals of what canonical values of a draft say so far."""
    if not model.likened_by:
        return []
    asked = traits_in(model, values), values.get("regency") or regency, besides
    return rivals_of(model)([asked])[asked] if asked[0].name else []


def warnings(form: "RecordForm") -> Iterator[tuple[Path, str]]:
    """`(path, text)` for each rival: at the NIB if that is the same, else at the name."""
    by = form.instance.likened_by
    for rival in rivals(form):
        rival_in_words = {"number": rival.number, "name": rival.name, "why": _why(rival)}
        path = by.code if Reason.SAME_CODE in rival.alike.reasons else by.name
        yield path, _("%(number)s, “%(name)s”, may be the same: %(why)s.") % rival_in_words


def _why(rival: Rival) -> Said:
    return Said(lambda: words_of(rival.alike.reasons))


def called(records: RecordQuerySet, words: str, *, most: int = 10) -> list[Record]:
    """At most so many open records whose public words hold every one of `words`, the oldest first.

    `records` is a queryset of a likened model. Where the index knows none of the words, nothing is found.
    """
    matches = holding(records.unclosed(), words) if _IN_INDEX.search(words) else records.none()
    return list(matches.order_by("pk")[:most])


def pairs_within(model: type[Record], regency: str) -> dict[Pair, Likeness]:
    """`{(pk, pk): Likeness}` of the likely pairs among the open records of a regency. One query."""
    by, rows = _likened_by(model), _rows(model.objects.unclosed().filter(regency=regency))
    return alike_pairs({key: traits_of(by, row) for key, row in rows.items()})


def pairs_between(model: type[Record]) -> dict[Pair, Likeness]:
    """As `pairs_within`, but of records of two regencies, which NIB or telephone lead together."""
    by = _likened_by(model)
    shared: dict[int, dict[str, Any]] = {}
    for shared_by in filter(None, (by.code, by.phone)):
        having_it = model.objects.unclosed().exclude(**{shared_by: ""}).values(shared_by)
        twice = having_it.annotate(places=Count("regency", distinct=True)).filter(places__gt=1).order_by()
        shared |= _rows(model.objects.unclosed().filter(**{f"{shared_by}__in": twice.values(shared_by)}))
    likenesses = alike_pairs({key: traits_of(by, row) for key, row in shared.items()})
    return {
        pair: alike
        for pair, alike in likenesses.items()
        if len({shared[key]["regency_id"] for key in pair}) == len(pair)
    }


def _of_hidden_name(model: type[Record], regencies: Collection[str]) -> RecordQuerySet:
    """Open records of these regencies whose column of the name is empty for the public: no index of names has them."""
    return model.objects.unclosed().filter(regency__in=regencies, withheld__has_key=_likened_by(model).name)


def _rows(records: RecordQuerySet) -> dict[int, dict[str, Any]]:
    """`{pk: what tells likeness}`, as the office knows it."""
    columns = dict.fromkeys(("pk", "number", "regency_id", "withheld", *records.model.likened_by.columns))
    return {row["pk"]: row | row["withheld"] for row in records.order_by().values(*columns).iterator()}


@contextmanager
def names_at_hand(model: type[Record], regency: str | None, number: int) -> Iterator[None]:
    """While rivals of so many (`number`) records of one regency are asked for: where they are many, its names are read
    once, as they are at the beginning.

    A name is then found in a fraction of the time that the index takes, whatever words the names share.
    """
    if number < MANY or not model.likened_by or regency is None:
        yield
        return
    token = _at_hand.set((model, regency, _names_of(model, regency)))
    try:
        yield
    finally:
        _at_hand.reset(token)


def _names_of(model: type[Record], regency: str) -> LikeNames:
    """The names of the open records of a regency as they are now. One query."""
    name = column(model, _likened_by(model).name).column
    records = model.objects.unclosed().filter(regency=regency).order_by("pk")
    return LikeNames(records.values_list("pk", Func(name, function="show_trgm", output_field=_TEXTS)).iterator())


def _looked_up(model: type[Record], asked: Iterable[Asked]) -> dict[Asked, list[int]]:
    """`{asked: [pk]}` of records that share NIB, telephone, nearly the name, or the name and the village.

    Of many with one name, nearly the name finds but the oldest, and none whose name has no letter that trigrams know.
    """
    by, asked = _likened_by(model), list(asked)
    table, name = connection.ops.quote_name(model._meta.db_table), column(model, by.name).column
    names = _names_at_hand(model, asked)
    ways = [] if names else [(f"{name} %% given.name", f"similarity({name}, given.name) DESC,")]
    if by.village:
        same_person = f"{by.person} = given.person DESC," if by.person else ""
        ways.append((f"{by.village} = given.village AND lower({name}) = lower(given.name)", same_person))
    ways += [
        (f"{shared_by} = given.{trait} AND {shared_by} <> ''", "")
        for trait, shared_by in (("code", by.code), ("phone", by.phone))
        if shared_by
    ]
    keys_found = _alike(names, asked) if names else defaultdict(list)
    if asked and ways:
        columns = ", ".join(filter(None, ("id", name, by.person)))
        parts = [
            _FOUND.format(columns=columns, table=table, fits=fits, order=order, most=_MOST_LOOKED_AT)
            for fits, order in ways
        ]
        given = [
            (traits.name, traits.code, traits.phone, traits.person, traits.village, regency, besides)
            for traits, regency, besides in asked
        ]
        query = _LOOK.format(found=" UNION ALL ".join(parts))
        with connection.cursor() as cursor:
            cursor.execute(query, [str(_ALIKE), *map(list, zip(*given, strict=True))])
            for at, key in cursor.fetchall():
                if key not in keys_found[asked[at - 1]]:
                    keys_found[asked[at - 1]].append(key)
    return keys_found


def _names_at_hand(model: type[Record], asked: Iterable[Asked]) -> LikeNames | None:
    """The names that were read, if all that is asked lies in their regency."""
    held_model, held, names = _at_hand.get()
    return names if model is held_model and all(regency == held for _traits, regency, _besides in asked) else None


def _alike(names: LikeNames, asked: Sequence[Asked]) -> dict[Asked, list[int]]:
    """`{asked: [pk]}` of records with nearly the name, among those that were read. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT show_trgm(name) FROM unnest(%s) AS given (name)", [[traits.name for traits, *_place in asked]]
        )
        trigrams_of_each = cursor.fetchall()
    return defaultdict(list) | {
        sought: names.like(trigrams, least=_ALIKE, most=_MOST_LOOKED_AT, besides=sought[2])
        for sought, (trigrams,) in zip(asked, trigrams_of_each, strict=True)
    }


def _dismissed(model: type[Record], keys: Collection[int]) -> dict[frozenset[int | None], set[str]]:
    """`{{pk, pk}: reasons}` of the pairs that were dismissed, of records with these keys."""
    if not keys:
        return {}
    pairs = DuplicatePair.objects.filter(register=directory.of(model).slug, state=PairState.DISMISSED)
    rows = pairs.filter(first_id__in=keys).union(pairs.filter(second_id__in=keys), all=True)
    return {
        frozenset((first, second)): set(reasons)
        for first, second, reasons in rows.values_list("first_id", "second_id", "reasons")
    }
