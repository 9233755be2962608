"""Years, shares, consents, cluster statuses and the closed lists."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from disperin.registers.record import directory
from disperin.submissions import actions
from industries import rules
from tests import factories

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def refusals(check, **named):
    """The codes of a refusal by field."""
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        check(**named)
    return {field: [error.code for error in errors] for field, errors in caught.value.error_dict.items()}


@pytest.mark.parametrize("year", [None, 1900, 1999, 2026])
def test_a_founding_year_from_1900_to_this_year_is_fine(year):
    rules.check_founded_year(year, today=TODAY)


@pytest.mark.parametrize("year", [1899, 2027, 0, -1, 10**12])
def test_a_founding_year_outside_is_refused_with_both_limits(year):
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        rules.check_founded_year(year, today=TODAY)

    assert caught.value.messages == [f"The founding year {year} must lie between 1900 and 2026."]


@pytest.mark.parametrize("share", [None, 0, 100, 33.3, Decimal("99.99")])
def test_a_share_from_nothing_to_all_is_fine(share):
    rules.check_share(share)


@pytest.mark.parametrize("share", [-1, 101, Decimal("100.01"), float("nan"), Decimal("NaN"), float("inf")])
def test_a_share_outside_is_refused(share):
    with pytest.raises(ValidationError) as caught:
        rules.check_share(share)

    assert caught.value.code == "share"


@pytest.mark.parametrize(
    ("domestic", "export"), [(100, 0), (0, 100), (70, 30), (60, 30), (None, 100), (100, None), (None, None)]
)
def test_shares_up_to_a_hundred_together_are_fine(domestic, export):
    rules.check_shares(domestic_share=domestic, export_share=export)


@pytest.mark.parametrize(
    ("domestic", "export", "errors"),
    [
        (71, 30, {"export_share": ["share"]}),
        (Decimal("70.01"), 30, {"export_share": ["share"]}),
        (101, 0, {"domestic_share": ["share"]}),
        (-1, 101, {"domestic_share": ["share"], "export_share": ["share"]}),
    ],
)
def test_shares_beyond_a_hundred_are_refused_by_field(domestic, export, errors):
    assert refusals(rules.check_shares, domestic_share=domestic, export_share=export) == errors


@pytest.mark.parametrize(("given", "on"), [(True, TODAY), (True, date(2020, 1, 1)), (False, None)])
def test_a_consent_stands_with_its_date(given, on):
    rules.check_consent(given=given, consented_on=on, today=TODAY)


@pytest.mark.parametrize(("given", "on"), [(True, None), (False, TODAY), (True, date(2026, 11, 23))])
def test_a_consent_without_its_date_or_a_date_without_consent_or_tomorrow_is_refused(given, on):
    with pytest.raises(ValidationError) as caught:
        rules.check_consent(given=given, consented_on=on, today=TODAY)

    assert caught.value.code == "consent"


@pytest.mark.parametrize(
    ("status", "members", "number", "on"),
    [
        ("potensi", 0, "", None),
        ("terbentuk", 5, "", None),
        ("sk_terbit", 0, "188.45/12/2024", TODAY),
        ("aktif", 3, "", None),
        ("tidak_aktif", 0, "188.45/12/2024", date(2019, 5, 1)),
    ],
)
def test_a_cluster_that_shows_what_its_status_asks_is_fine(status, members, number, on):
    rules.check_cluster(status=status, members=members, decree_number=number, decree_on=on, today=TODAY)


@pytest.mark.parametrize(
    ("status", "members", "number", "on", "errors"),
    [
        ("terbentuk", 4, "", None, {"status": ["too_few_members"]}),
        ("terbentuk", 0, "", None, {"status": ["too_few_members"]}),
        ("sk_terbit", 9, "", None, {"decree_number": ["decree_missing"], "decree_on": ["decree_missing"]}),
        ("sk_terbit", 9, "  ", TODAY, {"decree_number": ["decree_missing"]}),
        ("sk_terbit", 9, "12", None, {"decree_on": ["decree_missing"]}),
        ("potensi", 0, "12", None, {"decree_on": ["decree_missing"]}),
        ("aktif", 9, "", TODAY, {"decree_number": ["decree_missing"]}),
        ("sk_terbit", 9, "12", date(2026, 11, 23), {"decree_on": ["decree_date"]}),
    ],
)
def test_a_cluster_that_lacks_what_its_status_asks_is_refused_by_field(status, members, number, on, errors):
    found = refusals(
        rules.check_cluster, status=status, members=members, decree_number=number, decree_on=on, today=TODAY
    )

    assert found == errors


@pytest.mark.parametrize(
    ("status", "members", "warns"),
    [
        ("sk_terbit", 4, True),
        ("aktif", 0, True),
        ("sk_terbit", 5, False),
        ("potensi", 0, False),
        ("tidak_aktif", 0, False),
    ],
)
def test_a_decreed_or_working_cluster_with_few_members_only_warns(status, members, warns):
    assert bool(rules.cluster_warning(status=status, members=members)) is warns


@pytest.mark.parametrize(
    ("choices", "values"),
    [
        (rules.LegalForm, "perorangan ud cv firma pt pt_perorangan koperasi bumdes kub lainnya"),
        (rules.Branch, "pangan sandang_kulit kimia_bangunan logam_elektronika kerajinan_aneka"),
        (rules.Activity, "aktif berhenti_sementara tutup"),
        (rules.IndustryScale, "kecil menengah besar belum"),
        (rules.BusinessScale, "mikro kecil menengah besar belum"),
        (rules.StatisticalScale, "mikro kecil sedang besar belum"),
        (
            rules.HalalCategory,
            "makanan minuman jasa_penyembelihan bahan_pangan obat_bebas obat_keras obat_tradisional kosmetik kimiawi "
            "rekayasa_genetik produk_biologi barang_gunaan alat_kesehatan jasa",
        ),
        (
            rules.DocumentKind,
            "nib npwp kkpr persetujuan_lingkungan pbg slf sertifikat_standar iui iui_perluasan iuki ipki halal sni "
            "tkdn iso sih izin_edar_bpom pirt merek_hki lainnya",
        ),
        (rules.ClusterStatus, "potensi terbentuk sk_terbit aktif tidak_aktif"),
    ],
)
def test_the_closed_lists_hold_the_official_codes(choices, values):
    assert choices.values == values.split()


@pytest.mark.django_db
def test_no_day_of_an_establishment_or_its_papers_lies_ahead():
    register, by = directory.get("establishments"), factories.UserFactory()
    with time_machine.travel("2026-11-22 23:30+08:00", tick=False):
        found = {}
        for day in ("2026-11-22", "2026-11-23", "2099-01-01"):
            papers = [{"kind": "iui", "issued_on": day, "valid_until": "2101-01-01"}]
            values = factories.establishment_values(active_since=day, as_of=day, documents=papers)
            try:
                actions.submit(actions.draft(register, values, by=by), by=by)
                found[day] = set()
            except ValidationError as error:
                found[day] = {path.split(".")[-1] for path in error.error_dict}

    ahead = {"active_since", "as_of", "issued_on"}
    assert found == {"2026-11-22": set(), "2026-11-23": ahead, "2099-01-01": ahead}
