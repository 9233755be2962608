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
SUMS = ("workers_male", "workers_female", "investment", "land_building_value", "capital", "annual_sales")


def figures_are_what_sql_counts():
    """Every figure of every public register, the sums of the inside, the green figures and those of a regency."""
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


def _rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
