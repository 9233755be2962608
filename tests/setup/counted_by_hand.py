"""The figures of the sample beside counts in plain SQL that share nothing with the code that counts."""

# ruff: noqa: S608 -- all of it are our own names
from django.db import connection
from django.test import Client
from django.utils import timezone

from disperin.accounts.models import Role, User
from disperin.figures.cuts import cuts, figure_of

MAKERS = "industries_establishment WHERE closed_on IS NULL AND NOT hidden AND sector = 'industri'"
CLUSTERS = "industries_cluster WHERE closed_on IS NULL AND NOT hidden"
HALAL = "industries_halalcertification WHERE closed_on IS NULL AND NOT hidden AND issued_on IS NOT NULL"
GREEN = "industries_greencertification WHERE closed_on IS NULL AND NOT hidden AND issued_on IS NOT NULL"
AWARDS = "ovop_award WHERE closed_on IS NULL AND NOT hidden"
ZONES = "zones_zone WHERE closed_on IS NULL AND NOT hidden AND kind <> 'proyek'"
MILESTONES = "zones_milestone WHERE closed_on IS NULL AND NOT hidden"
PARTNERSHIPS = "zones_partnership WHERE closed_on IS NULL AND NOT hidden"
NEWS = "news_news WHERE closed_on IS NULL AND NOT hidden"
BY_CUT = {  # what is counted, and by which of its columns
    "establishments.regency": (MAKERS, "regency_id"),
    "establishments.branch": (MAKERS, "branch"),
    "establishments.industry_scale": (MAKERS, "industry_scale"),
    "establishments.commodities": (MAKERS, "unnest(commodities)"),
    "establishments.kbli_group": (MAKERS, "left(kbli_id, 8)"),
    "clusters.regency": (CLUSTERS, "regency_id"),
    "clusters.commodity": (CLUSTERS, "commodity_id"),
    "clusters.status": (CLUSTERS, "status"),
    "halal.regency": (HALAL, "regency_id"),
    "halal.scheme": (HALAL, "scheme"),
    "green.regency": (GREEN, "regency_id"),
    "awards.regency": (AWARDS, "regency_id"),
    "awards.group": (AWARDS, "group_id"),
    "awards.grade": (AWARDS, "grade_id"),
    "awards.round": (AWARDS, "round_id"),
    "zones.regency": (ZONES, "regency_id"),
    "zones.kind": (ZONES, "kind"),
    "zones.stage": (ZONES, "stage"),
    "zones.commodities": (ZONES, "unnest(commodities)"),
    "milestones.regency": (MILESTONES, "regency_id"),
    "partnerships.regency": (PARTNERSHIPS, "regency_id"),
    "partnerships.commodity": (PARTNERSHIPS, "commodity_id"),
    "news.regency": (NEWS, "regency_id"),
    "news.kind": (NEWS, "kind"),
}
# Made products: one row for each scale and answer that may be theirs, with the last day without duty (NULL: no duty).
HALAL_DUTIES = """
WITH made AS (
    SELECT p.id, p.establishment_id, e.regency_id, p.halal_category, e.business_scale,
        p.forbidden_material <> '' AS haram,
        CASE p.halal_category WHEN 'barang_gunaan' THEN p.animal_origin WHEN 'kimiawi' THEN p.goes_with_food
            WHEN 'alat_kesehatan' THEN p.risk_class ELSE '-' END AS answer
    FROM industries_product p JOIN industries_establishment e ON e.id = p.establishment_id
    WHERE p.active AND p.closed_on IS NULL AND e.closed_on IS NULL AND e.activity <> 'tutup'
), possible AS (
    SELECT m.*, (
        SELECT d.deadline FROM industries_halalduty d
        WHERE d.category = m.halal_category AND d.answer IN ('', one.answer) AND scale = ANY (d.scales)
            AND (d.valid_from IS NULL OR d.valid_from <= %(today)s) AND (d.valid_to IS NULL OR d.valid_to >= %(today)s)
        ORDER BY d.valid_from DESC NULLS LAST, d.deadline DESC LIMIT 1
    ) AS deadline
    FROM made m CROSS JOIN unnest(ARRAY['mikro', 'kecil', 'menengah', 'besar']) scale
    CROSS JOIN LATERAL unnest(
        CASE WHEN m.answer <> '' THEN ARRAY[m.answer]
            WHEN m.halal_category = 'alat_kesehatan' THEN ARRAY['A', 'B', 'C'] ELSE ARRAY['yes', 'no'] END
    ) one (answer)
    WHERE m.business_scale IN (scale, 'belum')
), covers AS (
    SELECT c.product_id, h.*
    FROM industries_halalcover c JOIN industries_halalcertification h ON h.id = c.certification_id
    WHERE c.closed_on IS NULL AND h.closed_on IS NULL
), judged AS (
    SELECT id, establishment_id, regency_id, haram, bool_and(coalesce(deadline < %(today)s, false)) AS is_past,
        halal_category <> '' AND (
            bool_and(deadline IS NULL) OR bool_and(coalesce(deadline < %(today)s, false))
            OR bool_and(coalesce(deadline >= %(today)s, false))
        ) AS is_known,
        EXISTS (SELECT 1 FROM covers WHERE product_id = possible.id AND issued_on <= %(today)s
            AND (valid_until IS NULL OR valid_until >= %(today)s) AND (revoked_on IS NULL OR revoked_on > %(today)s)
            AND NOT coalesce(recomposed_on BETWEEN issued_on AND %(today)s, false)) AS is_certified,
        EXISTS (SELECT 1 FROM covers WHERE product_id = possible.id AND stage_on <= %(today)s
            AND stage NOT IN ('terbit_sh', 'ditolak', 'dicabut', 'perlu_pembaruan')) AS is_in_process
    FROM possible GROUP BY 1, 2, 3, 4, halal_category
)
SELECT regency_id, count(DISTINCT establishment_id),
    count(DISTINCT establishment_id) FILTER (WHERE haram OR is_known OR is_certified OR is_in_process),
    count(DISTINCT establishment_id) FILTER (WHERE is_past AND NOT haram AND NOT is_certified)
FROM judged GROUP BY 1
"""
SUMS = ("workers_male", "workers_female", "investment", "land_building_value", "capital", "annual_sales")


def figures_are_what_sql_counts():
    """Every figure of every public register, the sums of the inside, and the figures of green industry and halal."""
    assert {cut.name for cut in cuts()} == {*BY_CUT}
    for cut in cuts():
        table, column = BY_CUT[cut.name]
        figure = figure_of(cut)
        assert figure.whole == _rows(f"SELECT count(*) FROM {table}")[0][0], cut.name
        counted = {str(code): count for code, count in _rows(f"SELECT {column}, count(*) FROM {table} GROUP BY 1")}
        counted.pop("None", None)
        assert {row.code: row.number for row in figure.rows} == counted, cut.name
    _sums_of_the_inside()
    _green_makers()
    _halal_makers()


def _sums_of_the_inside():
    """As the head reads them, by regency and together."""
    head = Client()
    head.force_login(User.objects.filter(role=Role.HEAD).first())
    context = head.get("/statistik/jumlah/?by=regency").context
    asked = ", ".join(f"coalesce(sum({name}), 0)" for name in SUMS)
    unclosed = MAKERS.replace(" AND NOT hidden", "")
    without = "count(*) FILTER (WHERE nib = '')"
    by_regency = _rows(
        f"SELECT r.name, s.* FROM (SELECT regency_id, count(*), {without}, {asked} FROM {unclosed} GROUP BY 1) s "
        "JOIN regions_regency r ON r.code = s.regency_id"
    )
    told = {row["label"]: [cell["number"] for cell in row["cells"]] for row in context["rows"]}
    assert told == {name: [*map(int, values)] for name, _code, *values in by_regency}
    (whole,) = _rows(f"SELECT count(*), {without}, {asked} FROM {unclosed}")
    assert [cell["number"] for cell in context["total"]] == [*map(int, whole)]


def _green_makers():
    """Makers with a certificate that is valid today, each once."""
    context = Client().get("/industri-hijau/angka/").context
    today = timezone.localdate().isoformat()
    counted = dict(
        _rows(
            f"SELECT regency_id, count(DISTINCT establishment_id) FROM {GREEN} AND issued_on <= '{today}' "
            f"AND (valid_until IS NULL OR valid_until >= '{today}') AND (revoked_on IS NULL OR revoked_on > '{today}') "
            "GROUP BY 1"
        )
    )
    assert {row["code"]: row["certified"] for row in context["rows"] if row["certified"]} == counted
    assert context["total"]["certified"] == sum(counted.values())


def _halal_makers():
    """Makers with products, those asked and those past the deadline, wherever the page tells them."""
    counted = {code: numbers for code, *numbers in _rows(HALAL_DUTIES, {"today": timezone.localdate()})}
    *rows, total = Client().get("/halal/angka/").context["rows"]
    assert {row.code: [row.makers, row.asked] for row in rows if row.makers} == {
        code: numbers[:2] for code, numbers in counted.items()
    }
    whole = [sum(column) for column in zip(*counted.values(), strict=True)]
    assert [total.makers, total.asked, total.past] == [*whole[:2], whole[2] if total.past is not None else None]
    told = {row.code: row.past for row in rows if row.makers and row.past is not None}
    assert told == {code: counted[code][2] for code in told}


def _rows(sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
