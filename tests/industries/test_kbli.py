"""Two versions of KBLI side by side: digits alone mean the one in force, or are refused with both titles."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.registers.record import directory
from disperin.workbooks.tables.options import options_of
from industries.forms import EstablishmentForm
from industries.models import KbliClass
from tests.factories import an_establishment, two_versions_of_kbli

BATIK, VENEER, OTHER = "Industri Batik", "Industri Kayu Lapis Laminasi", "Industri Kayu Laminasi Bambu"


@pytest.fixture
def versions(db):
    """KBLI 2020 and 2025, the latter in force: 13134 is gone, 16212 means other goods, 10794 stayed."""
    two_versions_of_kbli()


def problems(field, **values):
    """What the form says of a field."""
    return [error.messages[0] for error in EstablishmentForm(values).problems.get(field, ())]


def test_digits_alone_mean_the_version_in_force_where_they_say_enough(versions):
    form = EstablishmentForm({"kbli": "10794", "other_kbli": ["13133"]})

    assert not {"kbli", "other_kbli"} & {*form.problems}
    assert form.entered()[0]["kbli"] == "2025-10794"
    assert form.entered()[0]["other_kbli"] == ["2025-13133"]


def test_digits_that_say_nothing_without_their_version_are_refused_with_both_titles(versions):
    gone, other = problems("kbli", kbli="13134"), problems("kbli", kbli="16212")

    assert all(text in gone[0] for text in (BATIK, "KBLI 2025", "2020-13134"))
    assert "2025-13134" not in gone[0]
    assert all(text in other[0] for text in (VENEER, OTHER, "2020-16212", "2025-16212"))
    assert problems("other_kbli", other_kbli=["10794", "16212"]) == other
    assert not problems("kbli", kbli="2020-13134")
    assert not problems("kbli", kbli="2025-16212")


def test_the_page_asks_which_version_is_meant_and_takes_the_answer(versions):
    shown = str(EstablishmentForm({"kbli": "16212"})["kbli"])

    assert 'name="kbli-version" value="2020"' in shown
    assert 'name="kbli-version" value="2025"' in shown
    assert OTHER in shown
    assert "kbli-version" not in str(EstablishmentForm({"kbli": "10794"})["kbli"])
    read = EstablishmentForm.base_fields["kbli"].widget.value_from_datadict
    assert read({"kbli": "16212", "kbli-version": "2020"}, {}, "kbli") == "2020-16212"
    assert read({"kbli": "10794"}, {}, "kbli") == "10794"


def test_lists_and_the_api_refuse_digits_that_say_too_little_too(versions, client):
    an_establishment(kbli="2020-16212")

    assert client.get("/api/v1/establishments/?kbli=10794").status_code == 200
    refused = client.get("/api/v1/establishments/?kbli=16212")
    assert refused.status_code == 400
    assert OTHER in refused.content.decode()
    assert len(client.get("/api/v1/establishments/?kbli=2020-16212").json()["results"]) == 1
    assert OTHER in client.get("/industri/?kbli=16212").content.decode()


def test_a_class_says_its_version_and_an_indonesian_title_its_language(versions, client):
    record = an_establishment(kbli="2020-13134", other_kbli=["2025-13133"])

    page = " ".join(client.get(f"/en/industri/{record.number}/").content.decode().split())

    assert f'13134 <span lang="id">{BATIK}</span> (KBLI 2020)' in page
    assert f'13133 <span lang="id">{BATIK}</span> (KBLI 2025)' in page
    assert f"13134 <span>{BATIK}</span>" in client.get(f"/industri/{record.number}/").content.decode()


def test_filters_and_footer_say_the_version_from_the_data(versions, client):
    KbliClass.objects.filter(pk="2020-131").update(title_id="Pertekstilan")
    an_establishment(kbli="2020-13134")

    page = client.get("/en/industri/").content.decode()

    assert '<span class="facet-label" lang="id">131 Pertekstilan (KBLI 2020)</span>' in page
    assert "KBLI 2025." in page
    assert "KBLI 2020." in page


def test_the_work_list_shows_whose_code_is_gone_or_means_something_else(versions, signed_in, officer, client):
    settled = an_establishment(kbli="2025-10794", name="Sudah jelas")
    gone = an_establishment(kbli="2020-13134", name="Batik lama")
    other = an_establishment(kbli="2020-10794", other_kbli=["2020-16212"], name="Kayu lama")

    page = signed_in(officer).get("/industri/kbli/").content.decode()

    assert gone.name in page
    assert other.name in page
    assert OTHER in page
    assert settled.name not in page
    assert client.get("/industri/kbli/").status_code == 302


def test_the_work_list_tells_a_class_once_per_maker_with_its_products_and_asks_no_more_for_more(
    versions, signed_in, officer
):
    client = signed_in(officer)
    products = [{"name": name, "kbli": "2020-13134"} for name in ("Kain", "Syal")]

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/industri/kbli/").content.decode()
        return page, len(queries)

    an_establishment(kbli="2020-13134", name="Batik lama", products=products)
    page, one = asked()
    for name in ("Batik kedua", "Batik ketiga"):
        an_establishment(kbli="2020-13134", name=name, products=products)

    assert page.count("Batik lama") == 1
    assert "Produk: Kain, Syal" in page
    assert asked()[1] == one


def test_a_version_that_is_written_beside_the_digits_is_theirs_on_pages_and_in_files(versions):
    read = EstablishmentForm.base_fields["kbli"].widget.value_from_datadict
    options = options_of(directory.get("establishments"))[""]["kbli"]
    for text, key in (
        ("10794 (2020)", "2020-10794"),
        ("10794 Industri Kerupuk (KBLI 2020)", "2020-10794"),  # as pages show it
        ("10794/2020", "2020-10794"),
        ("13134 (KBLI 2020)", "2020-13134"),
        ("2020-10794 Industri Kerupuk (KBLI 2020)", "2020-10794"),
    ):
        assert (read({"kbli": text}, {}, "kbli"), options.find(text)) == (key, [key]), text
    assert options.find("KBLI 2020: 10794") == ["2020-10794"]
    for text in ("10794 (2015)", "10794 (KBLI 2020/2025)", "2025-10794 (KBLI 2020)"):
        kept = read({"kbli": text}, {}, "kbli")
        assert (kept, options.find(text)) == (text, [text])
        assert problems("kbli", kbli=kept), text


def test_of_two_codes_or_a_code_with_the_title_of_another_class_none_is_taken(versions):
    read = EstablishmentForm.base_fields["kbli"].widget.value_from_datadict
    options = options_of(directory.get("establishments"))[""]["kbli"]

    assert read({"kbli": "10794 & 13133"}, {}, "kbli") == "10794 & 13133"
    assert problems("kbli", kbli="10794 & 13133")
    for text in ("10794 - Industri Batik", "10794 – INDUSTRI BATIK", "KBLI 10794: Industri Batik"):
        assert options.find(text) == ["10794", "2025-13133"], text
    for text in ("10794 - Industri Kerupuk", "10794 Kerupuk ikan", "KBLI 10794"):
        assert options.find(text) == ["10794"], text
