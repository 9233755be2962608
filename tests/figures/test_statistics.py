"""The figures: every public register by whatever its list is narrowed by, each number that of the list it opens."""

import csv
import io
import re
from html import unescape

import pytest
from django.test import Client

from disperin.figures.cuts import cut_named, cuts, figure_of
from disperin.maps.choropleth import tops_of
from disperin.registers.record import directory
from tests import factories
from tests.factories import CommodityFactory, RegencyFactory, an_establishment


@pytest.fixture
def world(db):
    """A record of every register, and makers in two regencies."""
    for make in factories.RECORDS.values():
        make()
    RegencyFactory(code="63.71", name="Kota Banjarmasin")
    for number in range(3):
        an_establishment(name=f"Pembuat {number}", regency="63.71", branch="pangan")


def test_every_public_register_is_counted_and_every_number_opens_its_list(world):
    public = {one.slug for one in directory.all_registers() if one.model.audience.is_public}
    figures = [figure_of(cut) for cut in cuts()]

    assert {one.cut.register.slug for one in figures} == public
    opened = {row.url: row.number for one in figures for row in one.rows}
    assert len(opened) > 20
    visitor = Client()
    assert {url: visitor.get(url).context["counts"].total for url in opened} == opened


def test_a_figure_says_its_finding_on_page_and_file(world):
    page = Client().get("/statistik/establishments/regency/")
    text = page.content.decode()
    english = Client().get("/en/statistik/establishments/regency/").content.decode()
    file = Client().get("/statistik/establishments/regency.csv")
    whole = figure_of(cuts()[0]).whole

    first = f"Kota Banjarmasin, 3 dari {whole}"
    assert f"Terbanyak: {first}" in text or "Terbanyak: Kabupaten 63.07" in text
    assert "Most: " in english
    assert "<svg" in text
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    shown = dict(re.findall(r'regency=([\d.]+)">([\d.]+)<span', unescape(text)))
    assert {row["code"]: row["number"] for row in rows} == shown
    assert sum(int(row["number"]) for row in rows) == whole
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert file.content.startswith(b"\xef\xbb\xbfcode,label,number,whole,as_of\n")  # as every file of the portal begins


def test_a_maker_that_stands_still_is_counted_and_nobody_says_that_all_of_them_work(db, trying):
    factories.an_establishment(activity="berhenti_sementara")

    for path in ("/statistik/establishments/regency/", "/sematkan/establishments/angka/regency/", "/daerah/"):
        with trying(path):
            text = Client().get(path).content.decode()
            assert "Terdaftar dan tidak ditutup pada" in " ".join(text.split())
            assert "dan aktif" not in text


def test_no_name_in_the_file_of_a_figure_is_a_formula(db):
    an_establishment(commodities=[CommodityFactory(name_id="=1+1", name_en="=1+1").pk])

    file = Client().get("/statistik/establishments/commodities.csv").content.decode()

    assert [row["label"] for row in csv.DictReader(io.StringIO(file))] == ["'=1+1"]


def test_the_api_tells_the_same_figures(world, api):
    listed = api().get("/api/v1/figures/").json()
    assert [one["name"] for one in listed] == [cut.name for cut in cuts()]

    for cut in cuts():
        told, figure = api().get(f"/api/v1/figures/{cut.name}/").json(), figure_of(cut)
        assert [(row["code"], row["number"]) for row in told["rows"]] == [(row.code, row.number) for row in figure.rows]
        assert (told["whole"], told["parameter"]) == (figure.whole, cut.facet.parameter)
    assert api().get("/api/v1/figures/issues.kind/").status_code == 404
    assert api().get("/api/v1/figures/?register=awards").status_code == 400


def test_what_is_no_figure_is_not_found(db):
    for nothing in ("establishments/phone", "submissions/state", "issues/kind", "nominations/stage", "a/b"):
        for end in ("/", ".csv"):
            assert Client().get(f"/statistik/{nothing}{end}").status_code == 404, nothing
    assert Client().get("/statistik/").status_code == 200
    assert "Belum ada" in Client().get("/statistik/establishments/branch/").content.decode()


def test_a_register_of_the_inside_is_never_counted_for_visitors(world):
    inside = {one.slug for one in directory.all_registers() if not one.model.audience.is_public}

    assert inside
    text = Client().get("/statistik/").content.decode()
    assert [slug for slug in inside if f"/statistik/{slug}/" in text] == []


def test_the_page_of_all_figures_costs_as_much_for_many_records_as_for_few(world, django_assert_max_num_queries):
    numbers = []
    for name in ("Satu lagi", "Dua lagi", "Tiga lagi"):
        with django_assert_max_num_queries(80) as asked:
            assert Client().get("/statistik/").status_code == 200
        numbers.append(len(asked))
        an_establishment(name=name)

    assert len(set(numbers[1:])) == 1


@pytest.mark.parametrize(
    ("numbers", "tops"),
    [
        ([7], [7]),
        ([1, 1, 1, 1], [1]),
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        (list(range(1, 14)), [3, 6, 8, 11, 13]),
        ([1, 1, 1, 1, 900], [1, 900]),
    ],
)
def test_the_classes_of_a_map_hold_about_as_many_each_and_part_no_equals(numbers, tops):
    assert tops_of(numbers) == tops


def test_stars_of_different_schemes_are_neither_compared_nor_added_up_wherever_they_are_told(db):
    for stars in (2, 2, 3):
        factories.an_award(stars=stars)
    factories.an_award(round="2018", stars=2, decree_on="2018-09-05")
    visitor, cut = Client(), cut_named("awards", "grade")

    figure = figure_of(cut)
    assert figure.finding == ""
    assert {row.code: (row.number, row.whole, round(row.share)) for row in figure.rows} == {
        "permenperin_14_2021-2": (2, 3, 67), "permenperin_14_2021-3": (1, 3, 33), "lama_1_5-2": (1, 1, 100),
    }  # fmt: skip
    for page in ("/en/statistik/awards/grade/", "/en/sematkan/awards/angka/grade/", "/en/ovop/statistik/"):
        text = visitor.get(page).content.decode()
        assert "Most: Star" not in text, page
        assert "of 4" not in text, page
        assert "stars of different schemes cannot be compared" in text, page
    among = visitor.get("/en/statistik/").content.decode().split("OVOP awards by stars")[1].split("</section>")[0]
    assert "Most" not in among
    file = visitor.get("/statistik/awards/grade.csv").content.decode("utf-8-sig")
    assert {(row["code"], row["whole"]) for row in csv.DictReader(io.StringIO(file))} == {
        ("permenperin_14_2021-2", "3"), ("permenperin_14_2021-3", "3"), ("lama_1_5-2", "1"),
    }  # fmt: skip


def test_stars_of_one_scheme_alone_have_a_leader(db):
    factories.an_award(stars=2)

    assert "1" in figure_of(cut_named("awards", "grade")).finding


def test_the_statistics_begin_with_the_ways_to_every_register_and_to_the_figures_of_their_own(world):
    text = Client().get("/en/statistik/").content.decode().split("</header>")[-1]

    first = text.index("<h2")
    ways = re.findall(r'class="choice" href="#([a-z]+)"', text)
    assert all(text.index(f'href="#{slug}"') < first < text.index(f'<h2 id="{slug}"') for slug in ways)
    assert set(ways) == {one.slug for one in directory.public_registers()} - {"news"}  # which is none of the industry
    own = text.index("/en/halal/angka/")
    assert first < own < text.index(f'<h2 id="{ways[0]}"')
