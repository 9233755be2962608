"""The register of awards: what may stand in it, and what its gallery tells."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from disperin.registers.record import directory, rollup
from disperin.submissions import actions
from industries.models import Establishment
from ovop.actions import keep
from ovop.models import Award, AwardRound, CommodityGroup, Grade, Scheme
from tests.factories import (
    a_cluster,
    an_administrator,
    an_award,
    an_establishment,
    award_values,
    ovop_reference,
    place,
    published,
)

pytestmark = pytest.mark.django_db
REGISTER = "awards"


def changed(award, **values):
    return actions.publish(directory.get(REGISTER), values, by=an_administrator(), record=award)


def refused_at(values):
    with pytest.raises(ValidationError) as refused:
        published(REGISTER, values)
    return set(refused.value.error_dict)


def test_an_award_lies_where_its_maker_lies():
    award = an_award(regency="63.06")

    assert award.regency_id == "63.06"
    assert award.number == "OVP-6306-000001"
    assert award.grade_id == "permenperin_14_2021-2"


def test_the_regency_that_is_typed_gives_way_to_the_makers():
    maker = an_establishment(regency="63.06", products=[{"name": "Kain"}])
    an_establishment(regency="63.07")

    award = published(REGISTER, {**award_values(establishment=maker), "regency": "63.07"})

    assert award.regency_id == "63.06"


def test_an_officer_proposes_only_for_makers_of_the_own_regency(officer):
    there = an_establishment(regency="63.06", products=[{"name": "Kain"}])
    values = award_values(establishment=there)

    with pytest.raises(ValidationError) as refused:
        actions.draft(directory.get(REGISTER), values, by=officer)

    assert "regency" in refused.value.error_dict


def test_an_award_moves_with_its_maker():
    award = an_award()
    number = award.number
    maker = Establishment.objects.get()
    there = place("63.06")

    actions.publish(directory.get("establishments"), there, by=an_administrator(), record=maker)

    award.refresh_from_db()
    assert (award.regency_id, award.version, award.number) == ("63.06", 2, number)
    assert award.number in Client().get("/ovop/?regency=63.06").content.decode()
    assert rollup.counts_of(REGISTER)["regency"] == {"63.06": 1}


def test_an_award_goes_from_officer_to_verifier_into_the_register(officer, verifier):
    maker = an_establishment(products=[{"name": "Kain"}])
    draft = actions.draft(directory.get(REGISTER), award_values(establishment=maker), by=officer)
    actions.submit(draft, by=officer, acknowledged=True)

    actions.verify(draft, by=verifier, round=1)

    assert Award.objects.get().decree_number == "SK CONTOH/1/2024"


def test_whoever_submits_hears_that_there_is_no_photograph(officer):
    maker = an_establishment(products=[{"name": "Kain"}])
    draft = actions.draft(directory.get(REGISTER), award_values(establishment=maker), by=officer)

    with pytest.raises(ValidationError) as warned:
        actions.submit(draft, by=officer)

    assert [error.code for error in warned.value.error_dict["product"]] == ["warning"]


def test_the_product_must_be_the_makers_own():
    other = an_establishment(name="Lain", products=[{"name": "Lain"}])
    values = award_values()

    assert refused_at({**values, "product": str(other.products.get().key)}) == {"product"}


def test_bad_input_is_told_at_its_field(trying):
    plain = award_values()

    for values, field in [
        ({"stars": 4}, "stars"),
        ({"stars": 0}, "stars"),
        ({"stars": 10**12}, "stars"),
        ({"stars": "dua"}, "stars"),
        ({"round": "1999"}, "round"),
        ({"group": "kertas"}, "group"),
        ({"product": "bukan-kunci"}, "product"),
        ({"establishment": "IKM-6307-999999"}, "establishment"),
        ({"decree_on": "2023-01-01"}, "decree_on"),
        ({"decree_on": "2024-02-30"}, "decree_on"),
        ({"decree_number": ""}, "decree_number"),
        ({"state": "dicabut"}, "state_on"),
        ({"state": "hilang"}, "state"),
        ({"decree_number": "A\x00"}, "decree_number"),
        ({"decree_number": ["A"]}, "decree_number"),
    ]:
        with trying(values, field):
            assert field in refused_at({**plain, **values})


def test_the_earlier_scheme_has_five_stars():
    award = an_award(round="2018", stars=5, decree_on="2018-09-05")

    assert str(award.grade) == "Bintang 5 dari 5 (skema lama)"


def test_a_product_has_one_award_a_round_and_may_have_one_of_the_next():
    maker = an_establishment(products=[{"name": "Kain"}])
    an_award(establishment=maker, round="2022", decree_on="2022-10-12")

    assert refused_at(award_values(establishment=maker, round="2022", decree_on="2022-10-12")) == {"product"}
    assert an_award(establishment=maker).round_id == "2024"


def test_the_database_refuses_a_state_without_its_day():
    award = an_award()

    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(state="dicabut")


def test_an_award_keeps_its_closed_product():
    award = an_award()
    maker = Establishment.objects.get()
    actions.publish(directory.get("establishments"), {"products": []}, by=an_administrator(), record=maker)

    later = changed(award, certificate_number="CONTOH-7")

    assert later.product.closed_on is not None
    assert later.certificate_number == "CONTOH-7"


def test_a_gallery_is_narrowed_by_stars_only_within_their_scheme():
    new = an_award(name="Baru", stars=3)
    old = an_award(name="Lama", round="2018", stars=3, decree_on="2018-09-05")

    text = Client().get("/ovop/?grade=permenperin_14_2021-3").content.decode()

    assert new.number in text
    assert old.number not in text
    assert "“9”" in Client().get("/ovop/?grade=9").content.decode()


def test_no_order_of_the_gallery_goes_by_stars():
    an_award()

    orders = re.findall(r'<option value="([^"]+)"', Client().get("/ovop/").content.decode())

    assert orders
    assert not [order for order in orders if "star" in order or "grade" in order]
    assert Client().get("/api/v1/awards/?order=stars").status_code == 400


def test_an_award_is_found_by_product_maker_cluster_and_group(trying):
    cluster = a_cluster(name="Sentra Kain Barabai")
    maker = an_establishment(name="Kananga", cluster=cluster.number, products=[{"name": "Kain sasirangan"}])
    award = an_award(establishment=maker)

    for word in ["sasirangan", "BARABAI", "sentra kain", "batik"]:
        with trying(word):
            assert award.number in Client().get("/ovop/", {"q": word}).content.decode()


def test_the_page_tells_product_maker_decree_and_stars():
    award = an_award(certificate_number="SERT-9")

    text = Client().get(f"/ovop/{award.number}/").content.decode()

    for told in ("Kain sasirangan", "Sasirangan Barabai", "SK CONTOH/1/2024", "Bintang 2 dari 3", "SERT-9"):
        assert told in text


def test_a_revoked_star_is_shown_without_its_stars():
    award = changed(an_award(), state="dicabut", state_on="2025-06-16", state_reason="Rahasia kantor")

    page = Client().get(f"/ovop/{award.number}/").content.decode()

    assert "16 Juni 2025" in page
    assert "Rahasia kantor" not in page
    assert 'class="stars"' not in page
    assert '"award"' not in page


def test_how_a_star_stands_is_said_before_the_ways_to_its_maker():
    stands, revoked = (
        an_award(),
        changed(an_award(name="Dodol"), state="dicabut", state_on="2025-06-16", state_reason="Rahasia"),
    )

    for award, told in ((stands, "Bintang 2 dari 3"), (revoked, "16 Juni 2025")):
        main = Client().get(f"/ovop/{award.number}/").content.decode().split("<main")[1]
        assert -1 < main.find('class="record-photo"') < main.find(told) < main.find('class="reach"')


def test_search_engines_read_the_product_and_no_text_can_leave_the_block():
    award = an_award(name="Kain </script><b>&")

    page = Client().get(f"/ovop/{award.number}/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1]

    said = json.loads(block)
    assert said["name"] == "Kain </script><b>&"
    assert said["award"] == "OVOP: Bintang 2 dari 3 (skema 2021), 2024"
    assert said["manufacturer"]["address"]["addressRegion"] == "Kabupaten 63.07"


def test_the_share_picture_is_kept_until_the_award_changes():
    award = an_award()
    address = f"/ovop/{award.number}/bagikan.jpg"

    first = Client().get(address)
    unchanged = Client().get(address, headers={"if-none-match": first["ETag"]})
    changed(award, stars=3)
    later = Client().get(address, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, first["Content-Type"]) == (200, "image/jpeg")
    assert unchanged.status_code == 304
    assert later.status_code == 200
    assert Client().get("/ovop/OVP-6307-000009/bagikan.jpg").status_code == 404


def test_statistics_count_each_scheme_by_itself_and_lead_to_the_lists():
    an_award(), an_award(round="2018", stars=2, decree_on="2018-09-05")

    text = Client().get("/ovop/statistik/").content.decode()

    assert 'href="/ovop/?grade=permenperin_14_2021-2"' in text
    assert 'href="/ovop/?grade=lama_1_5-2"' in text
    assert "Bintang 2 dari 5 (skema lama)" in text
    stars = text.split("lama_1_5-2")[1].split("</tr>")[0]
    assert "100%" in " ".join(stars.split())  # of its own scheme, not of all awards


def test_statistics_of_an_empty_register_say_so():
    assert "empty-state" in Client().get("/ovop/statistik/").content.decode()


def test_valid_stars_of_two_years_ago_are_due_within_reach(signed_in, officer, officer_there):
    here, there = an_award(), an_award(regency="63.06")
    revoked = an_award(state="dicabut", state_on="2025-06-16", state_reason="x")

    text = signed_in(officer).get("/ovop/evaluasi/").content.decode()

    assert here.number in text
    assert there.number not in text
    assert revoked.number not in text
    assert Client().get("/ovop/evaluasi/").status_code == 302


def test_those_within_reach_see_the_inside(signed_in, officer, officer_there):
    award = an_award(state_reason="Alasan kantor")

    assert "Alasan kantor" in signed_in(officer).get(f"/ovop/{award.number}/").content.decode()
    assert "Alasan kantor" not in signed_in(officer_there).get(f"/ovop/{award.number}/").content.decode()


def test_the_api_tells_stars_with_their_scheme(api):
    award = an_award()

    row = api().get("/api/v1/awards/").json()["results"][0]

    assert (row["number"], row["stars"], row["max_stars"]) == (award.number, 2, 3)
    assert (row["scheme"], row["year"], row["decree_on"]) == ("permenperin_14_2021", 2024, "2024-11-20")
    assert "inside" not in api().get(f"/api/v1/awards/{award.number}/").json()


def test_the_api_tells_the_inside_within_reach(api, officer):
    award = an_award(state_reason="Alasan kantor")

    assert api(officer).get(f"/api/v1/awards/{award.number}/").json()["inside"]["state_reason"] == "Alasan kantor"


def test_an_administrator_adds_a_scheme_and_its_grades_follow(administrator):
    scheme = Scheme(
        key="baru",
        name_id="Baru",
        name_en="New",
        short_id="baru",
        short_en="new",
        legal_basis="x",
        max_stars=4,
        first_year=2027,
    )

    keep(scheme, by=administrator)
    scheme.max_stars = 2
    keep(scheme, by=administrator)

    assert list(Grade.objects.filter(scheme=scheme).values_list("pk", flat=True)) == ["baru-1", "baru-2"]


def test_a_scheme_keeps_the_stars_that_awards_hold():
    scheme = an_award(stars=3).grade.scheme
    scheme.max_stars = 2

    with pytest.raises(ValidationError) as refused:
        scheme.full_clean()

    assert set(refused.value.error_dict) == {"max_stars"}


def test_a_round_belongs_to_a_scheme_of_its_year():
    ovop_reference()

    with pytest.raises(ValidationError) as refused:
        AwardRound(key="2025-x", year=2025, scheme_id="lama_1_5").full_clean()

    assert set(refused.value.error_dict) == {"year"}


def test_what_administrators_changed_is_not_loaded_over():
    ovop_reference()
    CommodityGroup.objects.filter(pk="batik").update(name_id="Kain Batik dan Sasirangan")

    ovop_reference()

    assert CommodityGroup.objects.get(pk="batik").name_id == "Kain Batik dan Sasirangan"


def test_an_administrator_changes_a_round_in_the_admin(signed_in, administrator):
    ovop_reference()

    answer = signed_in(administrator).post(
        "/admin/ovop/awardround/2024/change/", {"year": 2024, "scheme": "permenperin_14_2021", "opens_on": "2024-05-01"}
    )

    assert answer.status_code == 302
    assert str(AwardRound.objects.get(pk="2024").opens_on) == "2024-05-01"
