"""The league of the regencies: who is ranked by what, what is not told, and the same on page, file and API."""

import csv
import datetime
import io

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from disperin.registers.record import directory
from disperin.setup.reference import load_quality_rules
from disperin.submissions import actions
from disperin.submissions.models import DecisionCount
from industries.actions import mark_month, recount_quality
from industries.models import OutsideCount, QualityCount, QualityRule
from industries.rules.league import Standing, Sums, of_all, standings
from tests import factories
from tests.factories import RegencyFactory, an_establishment

PAGE, FILE, API = "/statistik/mutu/", "/statistik/mutu.csv", "/api/v1/figures/quality/"
EQUAL = {"coverage": 1, "completeness": 1, "freshness": 1, "returns": 1}


def test_points_are_the_mean_of_what_is_known_and_the_same_points_share_a_rank():
    sums = {
        "a": Sums(10, complete=500, fresh=300),
        "b": Sums(20, complete=1000, fresh=600),
        "c": Sums(10, complete=400, fresh=300, decided=10, returned=1),
        "d": Sums(9, complete=900, fresh=900),
        "e": Sums(10, complete=100, fresh=100, outside=5),
    }

    found = {one.place: (one.rank, one.points, one.coverage, one.returns) for one in standings(sums, EQUAL)}

    assert found == {
        "c": (1, 53, None, 10),
        "a": (2, 40, None, None),
        "b": (2, 40, None, None),
        "e": (2, 40, 100, None),
        "d": (None, None, None, None),
    }
    assert [one.place for one in standings(sums, EQUAL)] == ["c", "a", "b", "e", "d"]


def test_below_ten_records_no_average_is_told_and_the_whole_leaves_them_out():
    sums = {
        "a": Sums(9, 900, 900, 900, decided=4, returned=4, days=8),
        "b": Sums(10, 200, 300, 400, decided=6, outside=20),
    }

    few = standings(sums, EQUAL)[-1]
    assert few == Standing("a", 9, *[None] * 8)
    assert of_all(sums.values()) == Sums(10, 200, 300, 400, 0, 0, 6, 0, 0, 20, 10, 10, 10, 10, 10)
    assert standings({"": of_all([sums["a"]])}, EQUAL)[0].points is None


def test_a_measure_without_weight_does_not_count():
    only = {"freshness": 3}
    assert standings({"a": Sums(10, complete=1000, fresh=200)}, only)[0].points == 20
    assert standings({"a": Sums(10, complete=1000, fresh=200)}, {})[0].rank is None


def test_a_part_in_which_nothing_counts_is_not_known_and_weighs_nothing():
    """Nor one that fewer than ten records have, while they are being judged by a changed formula."""
    sums = {
        "a": Sums(10, complete=500, fresh=0, fresh_of=0),
        "b": Sums(30, complete=90, complete_of=9, fresh=200, fresh_of=20),
    }

    found = {one.place: (one.completeness, one.freshness, one.points) for one in standings(sums, EQUAL)}

    assert found == {"a": (50, None, 50), "b": (None, 10, 10)}
    together = standings({"": of_all(sums.values())}, EQUAL)[0]
    assert (together.records, together.completeness, together.freshness) == (40, 31, 10)


@pytest.fixture
def league(db, settings):
    """Two regencies, ten makers in one and one in the other, with the office's formula."""
    load_quality_rules(settings.BASE_DIR / "data" / "reference")
    RegencyFactory(code="63.07", name="Kabupaten Hulu Sungai Tengah")
    for number in range(10):
        an_establishment(name=f"Pembuat {number}")
    an_establishment(name="Sendiri", regency="63.06", owner_name="Ibu Rahasia")


def test_page_file_and_api_say_the_same_and_nothing_of_a_single_maker(league):
    page = Client().get(PAGE).content.decode()
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(Client().get(FILE).content.decode("utf-8-sig")))}
    told = {row["code"]: row for row in Client().get(API).json()}

    assert {code: (row["rank"], row["points"], row["completeness"]) for code, row in rows.items()} == {
        "63.07": ("1", "45", "40"),
        "63.06": ("", "", ""),
    }
    assert (told["63.07"]["rank"], told["63.07"]["points"], told["63.07"]["completeness"]) == (1, 45, 40)
    assert (told["63.06"]["rank"], told["63.06"]["score"], told["63.06"]["outside"]) == (None, None, None)
    assert "Pertama: Kabupaten Hulu Sungai Tengah" in page
    assert page.count("pembanding belum ada") == 2
    assert "/daerah/hulu-sungai-tengah/" in page
    assert "hitungan kantor" in page.lower()
    assert "First: Kabupaten Hulu Sungai Tengah" in Client().get(f"/en{PAGE}").content.decode()
    for text in (page, str(rows), str(told)):
        assert "Sendiri" not in text
        assert "Ibu Rahasia" not in text


def test_a_regency_with_few_records_tells_nothing_of_its_proposals_and_is_not_counted_among_the_ranked(league):
    DecisionCount.objects.create(
        regency_id="63.06", day=timezone.localdate() - datetime.timedelta(days=1), decided=1, returned=1, days=7
    )

    told = {row["code"]: row for row in Client().get(API).json()}
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(Client().get(FILE).content.decode("utf-8-sig")))}

    assert (told["63.06"]["returns"], told["63.06"]["days"]) == (None, None)
    assert (rows["63.06"]["returns"], rows["63.06"]["days"]) == ("", "")
    assert "Rank 1 of 1 with" in Client().get("/en/daerah/hulu-sungai-tengah/").content.decode()


def test_coverage_counts_only_with_an_outside_count_of_industry_that_has_its_day(league):
    of = {"regency_id": "63.07", "number": 20, "what_id": "IKM", "what_en": "makers", "source": "Sensus Uji"}
    wrong = OutsideCount(counted_on=datetime.date(2026, 1, 1), only_industry=False, **of)
    with pytest.raises(ValidationError):
        wrong.full_clean()
    with pytest.raises(ValidationError):
        OutsideCount(counted_on=datetime.date(2126, 1, 1), only_industry=True, **of).full_clean()
    OutsideCount.objects.create(counted_on=datetime.date(2026, 1, 1), only_industry=True, **of)

    told = {row["code"]: row for row in Client().get(API).json()}

    assert (told["63.07"]["coverage"], told["63.07"]["outside"]["source"]) == (50, "Sensus Uji")
    assert told["63.06"]["coverage"] is None
    assert "Sensus Uji" in Client().get(PAGE).content.decode()


def test_rounds_are_counted_on_the_day_of_their_decision_each_once(league, officer, verifier):
    with time_machine.travel("2026-03-02 09:00+08:00", tick=False):
        one = actions.draft(directory.get("establishments"), factories.establishment_values(name="Baru"), by=officer)
        one = actions.submit(one, by=officer)
    with time_machine.travel("2026-03-05 09:00+08:00", tick=False):
        one = actions.send_back(one, by=verifier, round=1, reasons={"name": "Tulis lengkap."})
        one = actions.submit(one, by=officer)
        one = actions.send_back(one, by=verifier, round=2, reasons={"name": "Tulis lengkap."})
    with time_machine.travel("2026-03-09 09:00+08:00", tick=False):
        actions.reject(one, by=verifier, round=2, note="Tidak ada.")

    counted = list(DecisionCount.objects.values_list("regency", "day", "decided", "returned", "days"))
    assert counted == [("63.07", datetime.date(2026, 3, 5), 2, 2, 3)]
    with time_machine.travel("2026-03-06 09:00+08:00", tick=False):
        told = {row["code"]: row for row in Client().get(API).json()}
        assert (told["63.07"]["returns"], told["63.07"]["days"]) == (100, 1.5)


def test_the_formula_is_public_with_the_days_on_which_it_counts(league):
    QualityRule.objects.filter(fact="complete.nib").update(valid_from=datetime.date(2026, 1, 1))
    QualityRule.objects.create(key="lain", fact="complete.email", weight=7, valid_from=datetime.date(2126, 1, 1))

    page = Client().get(PAGE).content.decode()

    assert "1 Januari 2026" in page
    assert "1 Januari 2126" in page


def test_months_are_told_as_they_were_marked(league):
    mark_month(datetime.date(2026, 11, 1))
    QualityCount.objects.update(complete=0)

    page = Client().get("/en" + PAGE).content.decode()

    assert "1 November 2026" in page
    assert "Marks are written once a month and never changed." in page


def test_what_cannot_be_counted_says_so_and_its_records_are_counted_all_the_same(league):
    QualityRule.objects.filter(fact__startswith="fresh.").delete()
    recount_quality()

    told = {row["code"]: row for row in Client().get(API).json()}
    assert (told["63.07"]["freshness"], told["63.07"]["completeness"], told["63.07"]["points"]) == (None, 40, 40)
    assert "belum dapat dihitung" in Client().get(PAGE).content.decode()

    QualityRule.objects.exclude(fact__startswith="league.").delete()
    recount_quality()
    told = {row["code"]: row for row in Client().get(API).json()}
    assert (told["63.07"]["records"], told["63.07"]["score"], told["63.07"]["points"]) == (10, None, None)


def test_every_regency_has_its_months_on_its_page_and_in_file_and_api_and_no_kept_answer_is_older(league):
    regency, file, months = "/daerah/hulu-sungai-tengah/", "/statistik/mutu-bulanan.csv", f"{API}months/"
    addresses = (PAGE, regency, file, months)
    assert [address for address in addresses if "1 November 2026" in Client().get(address).content.decode()] == []

    mark_month(datetime.date(2026, 11, 1))

    told = {row["code"]: row for row in Client().get(months).json()}
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(Client().get(file).content.decode("utf-8-sig")))}
    assert [(row["marked_on"], row["records"], row["completeness"]) for row in (told["63.07"], told["63.06"])] == [
        ("2026-11-01", 10, 40),
        ("2026-11-01", 1, None),
    ]
    assert (rows["63.07"]["completeness"], rows["63.06"]["completeness"], rows["63.06"]["records"]) == ("40", "", "1")
    for address in (PAGE, regency):
        assert "1 November 2026" in Client().get(address).content.decode()


def test_the_page_costs_the_same_for_one_regency_and_for_many(league, django_assert_max_num_queries, settings):
    with django_assert_max_num_queries(14):
        Client().get(PAGE)
    for code in ("63.01", "63.02", "63.03"):
        an_establishment(name=code, regency=code)
    settings.RELEASE = "other"
    with django_assert_max_num_queries(14):
        Client().get(PAGE)
