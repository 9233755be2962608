"""Many rows quickly: written by the database itself, past the verbs, and then recounted. Only for measuring."""

from collections.abc import Callable
from typing import Any

from django.db import connection, models, transaction
from psycopg2.extras import Json

from disperin.registers.record import directory, known_words, revisions, rollup
from industries.actions import recount_halal
from industries.models import Cluster, Establishment, Product

MARK = "bench"  # in a column that no generated row needs: what was made here, and may be made anew
PER_CLUSTER = 200
PRODUCTS = 2  # of each establishment

# What a row of `numbers` (i from 1) becomes; columns that are not named hold the default of their field.
_PLACE = """
    numbers
    JOIN (SELECT *, row_number() OVER (ORDER BY md5(code)) - 1 AS n FROM regions_village) v
      ON v.n = numbers.i %% (SELECT count(*) FROM regions_village)
    JOIN (SELECT *, row_number() OVER (ORDER BY key) - 1 AS n FROM industries_commodity
          WHERE scale = 'ikm' AND kbli_codes <> '{}') c
      ON c.n = (numbers.i / 7) %% (
          SELECT count(*) FROM industries_commodity WHERE scale = 'ikm' AND kbli_codes <> '{}')
"""
_WORDS = (
    "(ARRAY['Anum','Balai','Banyu','Galuh','Haruan','Intan','Kambang','Kasturi','Malati','Papuyu','Pinang','Tunjung'])"
)
_NAME = f"c.name_id || ' ' || {_WORDS}[1 + numbers.i %% 12] || ' ' || numbers.i"
_BRANCHES = "(ARRAY['pangan','sandang_kulit','kimia_bangunan','logam_elektronika','kerajinan_aneka'])"
_FIRST_CLUSTER = "(SELECT min(id) FROM industries_cluster)"
_NUMBER = (
    "'{prefix}-' || replace(v.regency_id, '.', '') || '-' || "
    "lpad(row_number() OVER (PARTITION BY v.regency_id ORDER BY numbers.i)::text, 6, '0')"
)
_RECORD = {
    "version": "1",
    "regency_id": "v.regency_id",
    "village_id": "v.code",
    "created_at": "now()",
    "updated_at": "now()",
    "verified_at": "now() - numbers.i * interval '11 seconds'",
}
# what makers state of themselves: some nothing, some none, the others any of many figures
_STATED = {
    "workers_male": "CASE WHEN numbers.i %% 11 > 0 THEN (numbers.i / 11) %% 9 END",
    "workers_female": "CASE WHEN numbers.i %% 13 > 0 THEN (numbers.i / 13) %% 7 END",
    "investment": "CASE WHEN numbers.i %% 3 > 0 THEN 1000000 * (1 + (numbers.i * 7919::bigint) %% 997) END",
    "land_building_value": "CASE WHEN numbers.i %% 5 = 0 THEN 1000000 * (1 + (numbers.i * 104729::bigint) %% 499) END",
    "capital": "CASE WHEN numbers.i %% 17 = 0 THEN 1000000 * (1 + (numbers.i * 1299709::bigint) %% 251) END",
    "annual_sales": "CASE WHEN numbers.i %% 2 = 0 THEN 1000000 * (1 + (numbers.i * 15485863::bigint) %% 1999) END",
}
_ESTABLISHMENT = {
    **_RECORD,
    "number": _NUMBER.format(prefix=Establishment.prefix),
    "name": _NAME,
    "legal_form": "'perorangan'",
    "branch": f"{_BRANCHES}[1 + numbers.i %% 5]",
    "district_id": "v.district_id",
    "kbli_id": "c.kbli_codes[1]",
    "kbli_group_id": "left(c.kbli_codes[1], 8)",
    "commodities": "ARRAY[c.key]",
    "cluster_id": f"CASE WHEN numbers.i %% 4 = 0 THEN {_FIRST_CLUSTER} + numbers.i / {PER_CLUSTER} END",
    "business_scale": "(ARRAY['mikro','mikro','kecil','menengah','belum'])[1 + (numbers.i / 5) %% 5]",
    "industry_scale": "(ARRAY['kecil','kecil','kecil','menengah','belum'])[1 + (numbers.i / 3) %% 5]",
    **_STATED,
    "latitude": "v.latitude",
    "longitude": "v.longitude",
    "public_point": "'rounded'",
    "public_latitude": "round(v.latitude, 2)",
    "public_longitude": "round(v.longitude, 2)",
    "siinas_account": f"'{MARK}'",
    "search_text": f"lower({_NAME} || ' ' || c.name_id || ' ' || c.name_en || ' ' || v.name)",
}
_CLUSTER = {
    **_RECORD,
    "number": _NUMBER.format(prefix=Cluster.prefix),
    "name": "'Sentra ' || c.name_id || ' ' || v.name",
    "commodity_id": "c.key",
    "decree_number": f"'{MARK}'",
    "search_text": "lower('sentra ' || c.name_id || ' ' || v.name)",
}
_PRODUCT = {
    "key": "gen_random_uuid()",
    "number": (
        f"'{Product.prefix}-' || replace(e.regency_id, '.', '') || '-' || "
        "lpad(row_number() OVER (PARTITION BY e.regency_id ORDER BY e.id, numbers.i)::text, 6, '0')"
    ),
    "establishment_id": "e.id",
    "position": "numbers.i - 1",
    "name": "'Produk ' || numbers.i || ' ' || e.name",
    "unit": "'buah'",
    "halal_category": "(ARRAY['makanan','barang_gunaan','','minuman','kosmetik','obat_bebas','jasa'])[1 + e.id %% 7]",
    "kbli_id": "e.kbli_id",
    "yearly_capacity": "1000 + e.id %% 5000",
}


_NUMBERED = """
    INSERT INTO registers_counter (prefix, regency_id, last)
    SELECT %s, regency_id, count(*) FROM {rows} GROUP BY regency_id
    ON CONFLICT (prefix, regency_id) DO UPDATE SET last = EXCLUDED.last
"""
_COUNTED = (
    (Cluster, "industries_cluster"),
    (Establishment, "industries_establishment"),
    (Product, "industries_product p JOIN industries_establishment m ON m.id = p.establishment_id"),
)


class NotOurs(RuntimeError):
    """The database holds records that were not generated here."""


def fill(establishments: int, say: Callable[[str], None]) -> None:
    """Make sure that just so many generated establishments are there. Raises NotOurs where others stand."""
    if Establishment.objects.exclude(siinas_account=MARK).exists():
        raise NotOurs("This database holds establishments that were not generated. Measuring wants one of its own.")
    if Establishment.objects.count() == establishments:
        say(f"{establishments} generated establishments are there already")
        return
    with transaction.atomic(), without_triggers(Cluster, Establishment, Product), connection.cursor() as cursor:
        cursor.execute("TRUNCATE industries_establishment, industries_cluster CASCADE")
        insert(cursor, Cluster, _CLUSTER, _PLACE, establishments // PER_CLUSTER + 1)
        insert(cursor, Establishment, _ESTABLISHMENT, _PLACE, establishments)
        insert(cursor, Product, _PRODUCT, "industries_establishment e CROSS JOIN numbers", PRODUCTS)
        for model, rows in _COUNTED:  # the next number is a new one
            cursor.execute(_NUMBERED.format(rows=rows), [model.prefix])
    for slug, model in (("clusters", Cluster), ("establishments", Establishment)):
        known_words.remember_all(slug, model)
    recount_halal()
    for register in directory.all_registers():
        rollup.recount(register.slug, register.model)
        revisions.raise_revision(register.slug)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say(f"{establishments} establishments, {Product.objects.count()} products, {Cluster.objects.count()} clusters")


class without_triggers:  # noqa: N801 -- used like a function
    """History of rows that nobody entered is not kept; the foreign keys stay awake."""

    def __init__(self, *tables: type[models.Model]) -> None:
        self.tables = [table._meta.db_table for table in tables]

    def _switch(self, state: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction holds the table
            for table in self.tables:
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} {state} TRIGGER USER")

    def __enter__(self) -> None:
        self._switch("DISABLE")

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._switch("ENABLE")


def insert(cursor: Any, model: type[models.Model], columns: dict[str, str], source: str, number: int) -> None:
    """Write `number` rows of `source`: the named columns by their SQL, the others by the default of their field."""
    names, expressions, values = [], [], []
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        names.append(connection.ops.quote_name(str(field.column)))
        if str(field.column) in columns:
            expressions.append(columns[str(field.column)])
        else:
            expressions.append(f"%s::{field.db_type(connection)}")
            default = field.get_default()
            values.append(Json(default) if isinstance(field, models.JSONField) and default is not None else default)
    cursor.execute(
        f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({', '.join(names)}) "  # noqa: S608 -- our own names
        f"WITH numbers AS (SELECT generate_series(1, %s) AS i) SELECT {', '.join(expressions)} FROM {source}",
        [number, *values],
    )
