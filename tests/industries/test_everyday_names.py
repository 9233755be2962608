"""A class of KBLI is found by what people call their goods; why it is suggested is said, and a person picks it."""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.registers.record.revisions import REFERENCE, raise_revision
from disperin.setup.reference import tables
from industries.actions import learn_kbli_words
from industries.forms import EstablishmentForm
from industries.forms.kbli import KbliField
from industries.models import Establishment, KbliClass, KbliWord, kbli_words
from industries.rules import everyday_words
from tests.factories import KbliClassFactory, an_establishment, establishment_values, two_versions_of_kbli

pytestmark = pytest.mark.thorough

NAMES = Path(__file__).with_name("everyday_names.csv")
CHIPS, BATIK = "2025-10794", "2025-13133"


@pytest.fixture
def classes(db):
    """Two classes of KBLI 2025 that the office has words for."""
    two_versions_of_kbli()
    for key, phrase in ((CHIPS, "keripik singkong"), (CHIPS, "opak"), (BATIK, "kain sasirangan")):
        KbliWord.objects.create(kbli_id=key, phrase=phrase)
    raise_revision(REFERENCE)


def rows_of(path):
    return csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def shipped_phrases():
    """The phrases of a new portal: titles of KBLI 2025, and the words of the country and the province."""
    national, province = Path(settings.REFERENCE_DATA), settings.PROVINCE.folder
    for row in rows_of(national / "kbli_2025.csv"):
        if row["level"] == "5":
            yield everyday_words.Phrase(everyday_words.of_title(row["title_id"]), row["code"], 0.8, "title")
    for folder in (national, province):
        for row in rows_of(folder / "kbli_words.csv"):
            for phrase in row["words"].split(";"):
                yield everyday_words.Phrase(phrase, row["code"], 1.0, "kept")


def test_nine_of_ten_everyday_names_find_their_class_among_five_also_those_never_tuned_for():
    known = everyday_words.Phrases(shipped_phrases())
    found: dict[str, list[bool]] = {}
    for row in rows_of(NAMES):
        meant = {one.phrase.key for one in known.meant(row["name"])}
        found.setdefault(row["use"], []).append(bool(meant & {*row["codes"].split(";")}))

    assert {use: len(some) for use, some in found.items()} == {"tuning": 60, "kept aside": 60}
    for use, some in found.items():
        assert sum(some) / len(some) >= 0.9, use


def test_words_are_compared_by_what_they_say_not_how_they_are_spelled():
    known = everyday_words.Phrases(
        [
            everyday_words.Phrase("keripik", "chips"),
            everyday_words.Phrase("anyaman purun", "purun"),
            everyday_words.Phrase(everyday_words.of_title("Minyak Nabati Bukan Kelapa dan Kelapa Sawit"), "other oil"),
            everyday_words.Phrase("minyak kelapa", "coconut oil"),
        ]
    )

    def first(name):
        return next((one.phrase.key for one in known.meant(name)), "")

    assert first("Kripik SINGKONG, pedas!") == "chips"
    assert first("anyam purun") == "purun"
    assert [one.phrase.key for one in known.meant("kelapa")] == ["coconut oil"]
    assert first("") == first("   ") == first("★") == first("sepeda") == ""
    assert first("keripik " * 5000) == "chips"
    assert first("krupik") == first("kerepik") == "chips"


def test_a_field_refuses_words_with_the_classes_that_may_be_meant(classes):
    def refused(value):
        form = EstablishmentForm(establishment_values() | {"kbli": value})
        return [error.messages[0] for error in form.problems["kbli"]]

    assert refused("kripik singkong pedas") == [
        "“kripik singkong pedas” bukan kode KBLI. Tulis kode yang dimaksud: 10794 Industri Kerupuk."
    ]
    assert refused("kripik 100% singkong")[0].startswith("“kripik 100% singkong” bukan kode KBLI.")
    assert "tidak dikenal" in refused("sepeda motor")[0]
    assert "2020-13134" in refused("13134")[0]


def test_many_rows_ask_the_database_no_more_than_one_what_their_words_mean(classes):
    def asked(rows):
        field = KbliField()
        with CaptureQueriesContext(connection) as queries:
            field.look_up([f"opak {at}" for at in range(rows)])
            for at in range(rows):
                with pytest.raises(ValidationError, match="10794"):
                    field.to_python(f"opak {at}")
        return len(queries)

    asked(1)
    assert asked(30) == asked(1)


def test_the_list_of_other_classes_takes_words_too_and_says_what_its_keys_stand_for(classes, officer, signed_in):
    form = EstablishmentForm({"other_kbli": ["2025-10794", "opak", "kain sasirangan", "sepeda"]})
    shown, told = str(form["other_kbli"]), [error.messages[0] for error in form.problems["other_kbli"]]

    assert '2025-10794 <span lang="id">Industri Kerupuk</span>' in shown
    for at, key in ((1, CHIPS), (2, BATIK)):
        assert f'name="other_kbli-{at}-pick" value="{key}"' in shown
    assert "sepeda" in shown
    assert told[0].startswith("“opak” bukan kode KBLI. Tulis kode yang dimaksud: 10794")
    read = EstablishmentForm.base_fields["other_kbli"].widget.value_from_datadict
    given = {"other_kbli": "2025-10794, opak\nkain", "other_kbli-1-pick": CHIPS, "other_kbli-1-pick-for": "opak"}
    assert read(given, {}, "other_kbli") == ["2025-10794", CHIPS, "kain"]
    assert read(given | {"other_kbli": "kain"}, {}, "other_kbli") == ["kain"]
    asked = {"field": "other_kbli", "several": "on", "other_kbli": "opak\n10794"}
    fetched = signed_in(officer).get("/industri/kbli/pilihan/", asked).text
    assert f'name="other_kbli-0-pick" value="{CHIPS}"' in fetched
    assert "other_kbli-1" not in fetched


def test_the_name_of_a_product_speaks_where_its_class_is_empty_and_no_script_asks(classes):
    def shown(**values):
        product = {"key": "00000000-0000-4000-8000-000000000001", "name": "Opak pedas", **values}
        (row,) = EstablishmentForm({"name": "Kain sasirangan", "products": [product]}).rows["products"]
        return str(row["kbli"])

    quiet = re.search(r"<noscript>(.*?)</noscript>", shown(kbli=None), re.DOTALL)[1]
    assert f'name="products-0-kbli-pick" value="{CHIPS}"' in quiet
    assert 'name="products-0-kbli-pick-for" value=""' in quiet
    for values in ({"kbli": "10794"}, {"kbli": "opak"}, {"kbli": None, "name": ""}):
        assert "<noscript>" not in shown(**values), values
    assert "<noscript>" not in str(EstablishmentForm({"name": "Kain sasirangan"})["kbli"])


def test_the_page_lets_a_person_pick_the_class_and_takes_the_pick_only_for_the_words_it_was_offered_for(classes):
    field = EstablishmentForm.base_fields["kbli"]
    shown = str(EstablishmentForm({"kbli": "keripik singkong"})["kbli"])

    assert f'name="kbli-pick" value="{CHIPS}"' in shown
    assert 'name="kbli-pick-for" value="keripik singkong"' in shown
    assert "biasa disebut “keripik singkong”" in " ".join(shown.split())
    assert "kbli-pick" not in str(EstablishmentForm({"kbli": "10794"})["kbli"])
    read = field.widget.value_from_datadict
    given = {"kbli": "keripik singkong", "kbli-pick": CHIPS, "kbli-pick-for": "keripik singkong"}
    assert read(given, {}, "kbli") == CHIPS
    assert read(given | {"kbli": "kain sasirangan"}, {}, "kbli") == "kain sasirangan"
    assert read(given | {"kbli": "13133"}, {}, "kbli") == "13133"
    assert read({"kbli": "10794 Industri Kerupuk"}, {}, "kbli") == "10794"


def test_while_somebody_types_the_classes_are_fetched_for_the_field_or_the_name_of_the_product(
    classes, signed_in, officer, client
):
    address = "/industri/kbli/pilihan/"
    desk = signed_in(officer)

    def asked(**query):
        answer = desk.get(address, query)
        assert answer.status_code == 200
        return answer.content.decode()

    assert f'name="kbli-pick" value="{CHIPS}"' in asked(field="kbli", kbli="opak")
    beside = {"field": "products-0-kbli", "products-0-kbli": "", "products-0-name": "Sasirangan"}
    assert f'name="products-0-kbli-pick" value="{BATIK}"' in asked(**beside)
    assert "Tidak ada kelas" in asked(field="kbli", kbli="<b>kapal selam</b>")
    assert asked(field="kbli", kbli="10794").strip() == asked().strip() == ""
    assert desk.get(address, {"field": "a b"}).status_code == 404
    assert client.get(address, {"field": "kbli", "kbli": "opak"}).status_code == 302


def test_the_api_tells_the_classes_that_words_may_mean_first_with_the_reason(classes, client):
    KbliClassFactory(version=2025, code="10101", title_id="Opak dalam judul", level=5)
    raise_revision(REFERENCE)

    def rows(**query):
        answer = client.get("/api/v1/kbli/", query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    told = rows(q="opak")["results"]
    assert [row["key"] for row in told] == [CHIPS, "2025-10101"]
    assert told[0]["reason"] == {"source": "kept", "phrase": "opak", "makers": 0}
    assert told[1]["reason"]["source"] == "title"
    paged = rows(q="opak", page_size=1)
    assert [row["key"] for row in client.get(paged["next"]).json()["results"]] == ["2025-10101"]
    assert [row["key"] for row in rows(q="industri batik")["results"]][:1] == [BATIK]
    assert "reason" not in rows(q="107")["results"][0]
    assert "2020-13134" in [row["key"] for row in rows(q="batik", version=2020)["results"]]
    assert rows(q="sepeda motor")["results"] == []
    assert client.get("/api/v1/kbli/?order=fit").status_code == 400


def test_what_two_makers_call_their_verified_products_is_learnt_and_forgotten_again(classes):
    def maker(name, origin="verified"):
        record = an_establishment(name=name, products=[{"name": "Stik  Ubi", "kbli": CHIPS}])
        Establishment.objects.filter(pk=record.pk).update(origin=origin)
        return record

    maker("Pertama")
    maker("Tidak diperiksa", origin="older_system")
    assert learn_kbli_words() == 0
    one = maker("Kedua")
    assert learn_kbli_words() == 1
    assert learn_kbli_words() == 0
    found = kbli_words().suggested_for("stik ubi")[0]
    assert (found.kbli.key, found.source, found.phrase, found.makers) == (CHIPS, "products", "stik ubi", 2)

    one.products.update(name="Lain")
    assert learn_kbli_words() == 1
    assert kbli_words().suggested_for("stik ubi") == []


def test_a_word_that_the_office_keeps_or_switched_off_is_never_changed_by_what_is_learnt(classes):
    KbliWord.objects.filter(phrase="opak").update(in_use=False)
    for name in ("Pertama", "Kedua"):
        an_establishment(name=name, products=[{"name": "Opak", "kbli": CHIPS}])
    Establishment.objects.update(origin="verified")

    assert learn_kbli_words() == 0
    assert KbliWord.objects.get(phrase="opak").source == "kept"
    assert "opak" not in [one.phrase for one in kbli_words().suggested_for("opak")]


def test_the_words_of_country_and_province_are_loaded_once_and_the_office_s_changes_stay(db):
    call_command("load_reference", verbosity=0)
    number = KbliWord.objects.count()
    word = KbliWord.objects.filter(phrase="keripik singkong").first()
    assert number > 1000
    assert word is not None
    KbliWord.objects.filter(pk=word.pk).update(in_use=False)

    call_command("load_reference", verbosity=0)

    assert KbliWord.objects.count() == number
    assert not KbliWord.objects.get(pk=word.pk).in_use


def test_a_file_of_words_with_an_unknown_class_is_refused_with_its_line(classes, tmp_path):
    KbliClass.objects.filter(level__lt=5).delete()
    (tmp_path / "kbli_words.csv").write_text("code,words\n10794,opak\n99999,apa saja\n", encoding="utf-8")

    with pytest.raises(tables.WrongFile, match="line 3.*99999"):
        list(tables.kbli_words(tmp_path, 2025))


def test_an_administrator_adds_a_word_that_is_found_at_once(classes, signed_in, administrator):
    answer = signed_in(administrator).post(
        "/admin/industries/kbliword/add/", {"phrase": " Stik  Ubi ", "kbli": CHIPS, "in_use": "on"}
    )

    assert answer.status_code == 302
    assert [one.kbli.key for one in kbli_words().suggested_for("stik ubi")] == [CHIPS]


def test_a_name_whose_small_letters_are_too_many_is_told_and_breaks_nothing(classes, signed_in, administrator):
    given = {"phrase": "İ" * 150, "kbli": CHIPS, "in_use": "on"}

    answer = signed_in(administrator).post("/admin/industries/kbliword/add/", given)

    assert answer.status_code == 200
    assert "150" in answer.content.decode()
