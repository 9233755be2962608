"""Establishments that may be the same as the one at hand: asked for many at once, each by what it is likened with."""

from collections import defaultdict

from django.db import connection

from industries.models.establishment import Establishment

MOST_RIVALS = 3
ALIKE = 0.6  # of 1: share of common trigrams; at the usual 0.3 any two makers of the same thing would count as alike

_NAMED_LIKE = """
    SELECT set_config('pg_trgm.similarity_threshold', %s, true);
    SELECT given.at, rival.number, rival.name
    FROM unnest(%s::text[], %s::text[], %s::bigint[]) WITH ORDINALITY AS given (name, regency, besides, at)
    CROSS JOIN LATERAL (
        SELECT number, name FROM industries_establishment
        WHERE closed_on IS NULL AND regency_id = given.regency AND name %% given.name
          AND id IS DISTINCT FROM given.besides
        ORDER BY similarity(name, given.name) DESC, id LIMIT %s
    ) AS rival
"""


def with_nib(asked):
    """`{(nib, regency, besides): [(number, name)]}`: open ones of the regency under the NIB, other than `besides`."""
    found = Establishment.objects.current().filter(
        nib__in={nib for nib, _regency, _besides in asked}, regency__in={regency for _nib, regency, _besides in asked}
    )
    standing = defaultdict(list)
    for nib, regency, pk, number, name in found.order_by("pk").values_list("nib", "regency", "pk", "number", "name"):
        standing[nib, regency].append((pk, number, name))
    return {
        (nib, regency, besides): [(number, name) for pk, number, name in standing[nib, regency] if pk != besides][
            :MOST_RIVALS
        ]
        for nib, regency, besides in asked
    }


def named_like(asked):
    """`{(name, regency, besides): [(number, name)]}`: open ones of the regency spelled nearly so, the likest first."""
    told = {key: [] for key in asked}
    names, regencies, besides = map(list, zip(*asked, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_NAMED_LIKE, [str(ALIKE), names, regencies, besides, MOST_RIVALS])
        for at, number, name in cursor.fetchall():
            told[asked[at - 1]].append((number, name))
    return told
