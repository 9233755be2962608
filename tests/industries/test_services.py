"""Industry services: records of the register of makers whose class lies beyond section C, in none of its numbers."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.functions import Lower
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from rest_framework.test import APIClient

from disperin.closes.actions import close_quarter
from disperin.registers.dated.quarters import Quarter
from disperin.registers.models import FacetCount
from disperin.registers.record import directory, revisions, rollup
from disperin.reports.models import QuarterlyReport, ReportingDuty
from disperin.reports.models.compliance import of_obliged
from disperin.setup.reference import tables
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.actions import recount_quality
from industries.models import Establishment, GreenCertification, KbliClass, Quality, QualityCount
from industries.rules import BEYOND_INDUSTRY, Sector, sector_of
from tests.factories import (
    a_class_beyond_industry,
    a_cluster,
    a_green_certificate,
    a_report,
    a_service,
    an_administrator,
    an_establishment,
    establishment_values,
)
from tests.factories.reference import two_versions_of_kbli

PLACE = {"latitude": -2.58, "longitude": 115.38}
SIZE = {"workers_male": 3, "workers_female": 4, "investment": 85_000_000, "as_of": "2026-01-01"}
NAME = "Bengkel Perawatan Mesin"


@pytest.fixture(scope="module")
def world(once):
    """Two makers of goods, and one service."""
    return once(_world)


def _world():
    makers = [an_establishment(name=f"Pembuat {one}", products=[{"name": "Kain"}], **PLACE | SIZE) for one in "AB"]
    return SimpleNamespace(makers=makers, service=a_service(story_id="Mesin tekstil.", **PLACE | SIZE))


def body_of(path, client=None, status=200):
    answer = (client or Client()).get(path)
    assert answer.status_code == status, path
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")


def turned(record, kbli):
    """A record whose main class an administrator changed."""
    stored = Establishment.objects.get(pk=record.pk)
    return actions.publish(directory.get("establishments"), {"kbli": kbli}, by=an_administrator(), record=stored)


def words_of(html):
    return " ".join(strip_tags(re.sub(r"<(script|style|svg).*?</\1>", "", html, flags=re.S)).split())


# Every reader of the makers. A new one belongs here.
PUBLIC = (
    "/", "/industri/", "/industri/?q=mesin", "/industri/?regency=63.07", "/industri/?tampilan=peta",
    "/industri/peta.json", "/industri/peta.svg", "/daerah/", "/daerah/6307/", "/statistik/", "/statistik/mutu/",
    "/statistik/establishments/regency/", "/statistik/establishments/branch/",
    "/statistik/establishments/industry_scale/", "/statistik/establishments/kbli_group/", "/halal/angka/",
    "/halal/angka.csv", "/industri-hijau/angka/", "/industri-hijau/angka.csv",
    "/sematkan/establishments/angka/branch/", "/hilirisasi/", "/produk/", "/sitemap-establishments-1.xml",
    "/umpan/pembuat.atom",
    "/unduh/establishments.csv", "/unduh/establishments.geojson", "/data-terbuka/", "/api/v1/establishments/",
    "/api/v1/products/", "/api/v1/figures/establishments.regency/", "/api/v1/figures/quality/",
)  # fmt: skip
OF_THE_OFFICE = (
    "/data/", "/data/establishments/", "/data/establishments/?lack=nib", "/data/establishments/belum-ada/", "/mutu/",
    "/statistik/jumlah/", "/statistik/jumlah/?by=division", "/pembinaan/belum-dibantu/", "/halal/",
    "/laporan-triwulan/kepatuhan/", "/industri/kbli/",
)  # fmt: skip


def told_at(paths, client=None):
    return {path: words_of(body_of(path, client)) for path in paths}


@pytest.mark.django_db
def test_a_service_changes_nothing_in_what_is_said_of_makers(world, verifier, signed_in, time_machine):
    """Each reader says the same with one more service as it said without, and never names it."""
    time_machine.move_to(timezone.now(), tick=False)  # files say the minute in which they were made
    inside = signed_in(verifier)
    before = told_at(PUBLIC) | told_at(OF_THE_OFFICE, inside)

    a_service(name="Jasa Kedua", **PLACE | SIZE)

    after = told_at(PUBLIC) | told_at(OF_THE_OFFICE, inside)
    assert {path: told for path, told in after.items() if told != before[path]} == {}
    assert [path for path, told in after.items() if re.search("bengkel|jasa kedua", told, re.IGNORECASE)] == []
    assert "Pembuat A" in after["/industri/"] + after["/data/establishments/"]


@pytest.mark.django_db
def test_kept_counts_and_quality_know_makers_alone_and_recounting_agrees(world):
    kept, judged = rollup.counts_of("establishments"), Quality.objects.count()
    counted = list(QualityCount.objects.values())

    assert kept["all"][""] == len(world.makers) == judged == Establishment.objects.current().count()
    rollup.recount("establishments", Establishment)
    recount_quality()
    assert (rollup.counts_of("establishments"), Quality.objects.count()) == (kept, judged)
    assert [row | {"id": 0} for row in QualityCount.objects.values()] == [row | {"id": 0} for row in counted]


@pytest.mark.django_db
def test_judging_takes_as_many_queries_for_three_makers_as_for_two(world):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            recount_quality()
        return len(asked)

    of_two = queries()
    an_establishment(name="Pembuat C")

    assert queries() == of_two


@pytest.mark.django_db
def test_a_close_counts_makers_alone_also_when_one_became_a_service(world, verifier, time_machine):
    first = close_quarter(Quarter.last_over(timezone.localdate()), by=verifier)

    turned(an_establishment(name="Beralih", **SIZE), a_class_beyond_industry().pk)
    time_machine.move_to(timezone.now() + datetime.timedelta(days=100))
    second = close_quarter(Quarter.last_over(timezone.localdate()), by=verifier)

    told = [{one.measure: one.value for one in close.figures.filter(dimension="all")} for close in (first, second)]
    assert [one["units"] for one in told] == [len(world.makers)] * 2


@pytest.mark.django_db
def test_what_becomes_a_service_leaves_the_makers_and_comes_back(world):
    maker = an_establishment(name="Bolak-balik")

    counts = []
    for kbli in (a_class_beyond_industry().pk, "2020-13134"):
        turned(maker, kbli)
        counts.append((rollup.counts_of("establishments")["all"][""], "Bolak-balik" in body_of("/industri/jasa/")))

    assert counts == [(len(world.makers), True), (len(world.makers) + 1, False)]
    counted = FacetCount.objects.filter(register="establishments", value=a_class_beyond_industry().pk, number__gt=0)
    assert not counted.exists()


@pytest.mark.django_db
def test_a_report_of_what_became_a_service_is_asked_of_no_maker():
    maker = an_establishment(name="Beralih", **SIZE)
    a_report(establishment=maker)
    ReportingDuty.objects.create(key="uji", scale=maker.industry_scale, source="Uji")
    of_a_maker = of_obliged(QuarterlyReport.objects.all()).count()

    turned(maker, a_class_beyond_industry().pk)

    assert (of_a_maker, of_obliged(QuarterlyReport.objects.all()).count()) == (1, 0)


@pytest.mark.django_db
def test_no_share_of_makers_counts_the_certificate_of_what_became_a_service():
    today, maker = timezone.localdate(), an_establishment(name="Beralih")
    a_green_certificate(establishment=maker)
    of_a_maker = GreenCertification.objects.makers_by_regency(today)

    turned(maker, a_class_beyond_industry().pk)

    assert (of_a_maker, GreenCertification.objects.makers_by_regency(today)) == ({"63.07": 1}, {})


@pytest.mark.django_db
def test_files_are_made_anew_when_a_service_leaves_its_list_and_when_a_maker_does(world):
    maker, lost = an_establishment(name="Bolak-balik"), [revisions.losses()]
    for kbli in (a_class_beyond_industry().pk, "2020-13134"):
        turned(maker, kbli)
        lost.append(revisions.losses())

    assert lost == sorted({*lost})


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [Submission.objects.shown, Submission.objects.all().about_listed])
def test_what_a_proposal_is_about_is_looked_up_by_its_key_whatever_the_register_holds(asked):
    assert "hashed SubPlan" not in asked().explain(verbose=True)


@pytest.mark.django_db
def test_whoever_begins_a_change_of_a_service_reads_that_it_is_one(world, officer, signed_in):
    path = f"/usulan/baru/?daftar=establishments&data={world.service.number}"

    assert f"Jasa industri {NAME} Nomor register" in words_of(body_of(path, signed_in(officer)))


@pytest.mark.django_db
def test_a_proposal_of_a_service_is_never_called_one_of_an_establishment(world, officer, verifier, signed_in):
    register, client = directory.get("establishments"), signed_in(verifier)
    kbli = a_class_beyond_industry().pk
    new = actions.draft(register, establishment_values(name="Bengkel Kenanga", kbli=kbli), by=officer)
    change = actions.draft(register, {"kbli": kbli}, by=officer, record=an_establishment(name="Bengkel Melati"))
    told = [actions.submit(draft, by=officer, acknowledged=True) for draft in (new, change)]

    for address in ("/usulan/", "/cari/?q=bengkel", *(f"/usulan/{submission.number}/" for submission in told)):
        page = re.sub(r"<(nav|aside|footer)\b.*?</\1>", "", body_of(address, client), flags=re.S)
        assert "asa industri" in words_of(page), address
        assert "Unit usaha, " not in page, address
        assert "Unit usaha ·" not in page, address


@pytest.mark.parametrize("version", [2020, 2025])
def test_the_pattern_of_classes_that_proposals_are_told_by_is_the_rule_that_records_are_judged_by(version):
    divisions = [f"{version}-{division:02}999" for division in range(1, 100)]

    assert [key for key in divisions if re.match(BEYOND_INDUSTRY, key)] == [
        key for key in divisions if sector_of(key) == Sector.SERVICE
    ]


@pytest.mark.django_db
def test_the_list_of_services_holds_them_alone_with_map_search_and_files(world):
    page, english = body_of("/industri/jasa/"), words_of(body_of("/en/industri/jasa/"))

    assert NAME in page
    assert "Pembuat A" not in page
    assert "1 service" in english
    assert f"/industri/{world.service.number}/" in body_of("/industri/jasa/peta.json")
    assert NAME not in words_of(body_of("/industri/jasa/?q=kain"))
    told = body_of("/unduh/establishments.csv?apart=true")
    assert (NAME in told, "Pembuat A" in told) == (True, False)
    assert "apart=true" in page
    assert NAME in body_of("/unduh/establishments.csv?apart=true&regency=63.07")
    unknown = Client().get("/unduh/establishments.csv?apart=true&regency=63.01")
    assert unknown["Location"] == "/industri/jasa/?regency=63.01"
    assert NAME not in body_of("/unduh/establishments.csv")


@pytest.mark.django_db
def test_the_list_takes_as_many_queries_for_three_services_as_for_one(world):
    def queries():
        with CaptureQueriesContext(connection) as found:
            body_of("/industri/jasa/")
        return len(found)

    one = queries()
    for name in ("Jasa Dua", "Jasa Tiga"):
        a_service(name=name)

    assert queries() == one


@pytest.mark.django_db
def test_its_page_says_what_it_is_and_reads_as_a_record_of_its_register(world, officer, signed_in):
    page, inside = (
        body_of(f"/industri/{world.service.number}/"),
        body_of(f"/industri/{world.service.number}/", signed_in(officer)),
    )

    said = words_of(body_of(f"/en/industri/{world.service.number}/"))
    assert "beyond section C" in said
    assert "/industri/jasa/" in page
    assert "/sematkan/" not in page
    assert ('id="inside"' in page, 'id="inside"' in inside) == (False, True)
    of_maker = words_of(body_of(f"/en/industri/{world.makers[0].number}/"))
    assert ("counts it" in said, "counts it" in of_maker) == (True, False)


@pytest.mark.django_db
def test_the_search_and_programs_tell_services_and_makers_apart(world):
    client = APIClient()
    found = client.get("/api/v1/search/", {"q": "bengkel perawatan"}).json()["results"]

    assert {(one["kind"], one["title"]) for one in found} == {("services", NAME)}
    rows = client.get("/api/v1/services/").json()["results"]
    assert [(row["name"], row["sector"]) for row in rows] == [(NAME, "jasa")]
    one = client.get(rows[0]["url"]).json()
    assert (one["name"], "inside" in one) == (NAME, False)
    assert client.get(f"/api/v1/services/{world.makers[0].number}/").status_code == 404
    assert client.get(f"/api/v1/establishments/{world.service.number}/").json()["sector"] == "jasa"
    makers = client.get("/api/v1/establishments/").json()["results"]
    assert {row["sector"] for row in makers} == {"industri"}


@pytest.mark.django_db
def test_a_hidden_or_closed_service_leaves_its_list(world):
    register, service = directory.get("establishments"), a_service(name="Jasa Lama")
    closed = {"closed_on": str(timezone.localdate()), "closed_reason": "ended"}
    actions.hide(register, world.service, "", reason="Diminta.", by=an_administrator())
    actions.publish(register, closed, by=an_administrator(), record=service, kind="close")

    everything = "".join(
        body_of(path)
        for path in ("/industri/jasa/", "/api/v1/services/", "/unduh/establishments.csv?apart=true", "/cari/?q=jasa")
    )
    assert (NAME in everything, "Jasa Lama" in everything) == (False, False)


@pytest.mark.django_db
def test_a_service_has_no_goods_no_cluster_and_no_certificate_of_makers():
    kbli, cluster = a_class_beyond_industry(), a_cluster(name="Sentra Kain")
    wrong = {
        "products": ({"products": [{"name": "Kain"}]}, {"kbli": "products_of_a_service"}),
        "cluster": ({"cluster": cluster.number}, {"cluster": "cluster_of_a_service"}),
    }

    found = {}
    for name, (values, _codes) in wrong.items():
        with pytest.raises(ValidationError) as told:
            a_service(**values)
        found[name] = {path: errors[0].code for path, errors in told.value.error_dict.items()}
    with pytest.raises(ValidationError) as of_product:
        an_establishment(products=[{"name": "Kain", "kbli": kbli.pk}])
    with pytest.raises(ValidationError) as of_certificate:
        a_green_certificate(establishment=a_service())

    assert found == {name: codes for name, (_values, codes) in wrong.items()}
    assert [errors[0].code for errors in of_product.value.error_dict.values()] == ["beyond_industry"]
    assert of_certificate.value.error_dict["establishment"][0].code == "a_service"


@pytest.mark.django_db
def test_a_class_beyond_section_c_that_nobody_typed_says_who_enters_it():
    with pytest.raises(ValidationError) as told:
        an_establishment(kbli="2025-52291")

    assert "Administrator memasukkannya" in told.value.message_dict["kbli"][0]


@pytest.mark.django_db
def test_a_maker_that_also_serves_stays_a_maker_and_its_other_class_is_marked():
    maker = an_establishment(name="Pembuat yang merawat", other_kbli=[a_class_beyond_industry().pk])

    assert not maker.stands_apart
    assert "beyond section C" in words_of(body_of(f"/en/industri/{maker.number}/"))
    assert "Pembuat yang merawat" in body_of("/industri/")


@pytest.mark.django_db
def test_an_administrator_types_a_class_beyond_section_c_with_its_source(signed_in):
    client = signed_in(an_administrator())
    two_versions_of_kbli()
    a_class_beyond_industry()
    path, told = "/admin/industries/kbliclass/add/", {"version": "2025", "title_id": "Judul contoh", "title_en": ""}

    refused = {
        code: client.post(path, told | {"code": code, "source": source}).context["adminform"].form.errors
        for code, source in (("13134", "Contoh"), ("7120", "Contoh"), ("71202", "Contoh"), ("52291", ""))
    }
    stored = client.post(path, told | {"code": "52291", "source": "Lampiran peraturan, hlm. 9"})

    assert {code: [*errors] for code, errors in refused.items()} == {
        "13134": ["code"], "7120": ["code"], "71202": ["code"], "52291": ["source"],
    }  # fmt: skip
    assert stored.status_code == 302
    made = KbliClass.objects.get(pk="2025-52291")
    assert (made.level, made.parent, made.source) == (5, None, "Lampiran peraturan, hlm. 9")
    told = Client().get("/api/v1/kbli/2025-52291/").json()
    assert told["source"] == "Lampiran peraturan, hlm. 9"


def test_every_class_that_is_shipped_lies_in_section_c(settings):
    found = {
        (one.code, one.is_beyond_industry)
        for file, version in (("kbli.csv", 2020), ("kbli_2025.csv", 2025))
        for one in tables.kbli(settings.BASE_DIR / "data/reference" / file, version)
    }
    assert [code for code, beyond in found if beyond] == []


@pytest.mark.django_db
def test_services_are_found_by_an_index_of_their_own():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("DROP INDEX establishment_by_name")  # as good as any where there are hardly any rows
    plan = Establishment.objects.apart().shown().order_by(Lower("name"), "id")[:26].explain()

    assert "establishment_services" in plan
