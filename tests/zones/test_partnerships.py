"""Partnerships: who may be the two sides, where they are shown, and what of them stays inside."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import ChainStep, KbliClass
from tests.factories import (
    a_class_beyond_industry,
    a_partnership,
    a_service,
    a_zone,
    an_administrator,
    an_establishment,
    partnership_values,
)
from zones.models import Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def zone():
    """A zone with a registered tenant and one that is known by its name only."""
    registered = an_establishment(name="Pabrik Karet")
    tenants = [{"name": "PT Sewa Lahan"}, {"establishment": registered.number}]
    return a_zone(name="Kawasan Mitra", tenants=tenants)


def key_of(zone, position):
    return str(zone.tenants.get(position=position).key)


def refused(values):
    """`{path: code}` of what the register refuses."""
    with pytest.raises(ValidationError) as told:
        actions.publish(directory.get("partnerships"), values, by=an_administrator())
    return {path: errors[0].code for path, errors in told.value.error_dict.items()}


def test_what_makes_no_sense_is_told_at_its_field(trying):
    plain = partnership_values()

    for values, codes in [
        ({"buyer": ""}, {"buyer": "required"}),
        ({"supplier": ""}, {"regency": "required", "supplier": "required"}),
        ({"supplier": "IKM-6307-999999"}, {"regency": "required", "supplier": "invalid_choice"}),
        ({"buyer": "IKM-6307-000001"}, {"buyer": "same"}),
        ({"buyer_tenant": "bukan-kunci"}, {"buyer_tenant": "invalid_choice"}),
        ({"since": "2999-01-01"}, {"since": "future"}),
        ({"since": "2025-03-10", "until": "2025-03-09"}, {"until": "order"}),
        ({"since": "", "until": "2025-03-09"}, {"since": "required"}),
        ({"volume": 12, "volume_unit": ""}, {"volume_unit": "required"}),
        ({"volume": -1}, {"volume": "min_value"}),
    ]:
        with trying(values, codes):
            assert refused({**plain, **values}) == codes


def test_a_tenant_of_a_zone_may_buy_but_not_beside_an_establishment_and_not_from_itself(zone):
    by_name = a_partnership(buyer_tenant=key_of(zone, 0))
    own = zone.tenants.get(position=1).establishment
    both = partnership_values(name="Satu", buyer_tenant=key_of(zone, 0))

    assert by_name.name == "Sasirangan Barabai → PT Sewa Lahan"
    assert refused({**both, "buyer": an_establishment(name="Dua").number}) == {"buyer_tenant": "both"}
    assert refused(partnership_values(supplier=own, buyer_tenant=key_of(zone, 1))) == {"buyer_tenant": "same"}


def test_a_running_partnership_stands_once_and_may_begin_anew_when_it_has_ended(zone):
    record = a_partnership(buyer_tenant=key_of(zone, 0))
    again = partnership_values(supplier=record.supplier, buyer_tenant=key_of(zone, 0))
    other = a_partnership(name="Satu")

    assert refused(again) == {"buyer_tenant": "twice_with_tenant"}
    assert refused(partnership_values(supplier=other.supplier, buyer=other.buyer)) == {"buyer": "twice"}
    register, by = directory.get("partnerships"), an_administrator()
    actions.publish(register, {"until": "2025-12-31"}, by=by, record=record)
    assert actions.publish(register, {**again, "since": "2026-01-01"}, by=by).pk != record.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.filter(pk=other.pk).update(buyer=None)


def test_it_lies_where_its_supplier_lies_and_moves_with_it(officer, officer_there):
    record = a_partnership(regency="63.07")
    there = an_establishment(name="Lain", regency="63.06")
    place = {name: getattr(there, f"{name}_id") for name in ("regency", "district", "village")}

    actions.publish(directory.get("establishments"), place, by=an_administrator(), record=record.supplier)

    record.refresh_from_db()
    assert (record.regency_id, record.version) == ("63.06", 2)
    with pytest.raises(ValidationError):
        actions.draft(directory.get("partnerships"), partnership_values(supplier=there), by=officer)


def test_one_who_has_closed_is_not_named_anew_but_what_is_on_record_can_be_ended():
    record = a_partnership()
    close = {"closed_on": "2026-01-02", "closed_reason": "moved"}
    actions.publish(directory.get("establishments"), close, by=an_administrator(), record=record.buyer, kind="close")

    assert refused(partnership_values(name="Satu", buyer=record.buyer)) == {"buyer": "closed"}
    ended = actions.publish(
        directory.get("partnerships"), {"until": "2026-01-02"}, by=an_administrator(), record=record
    )
    assert not ended.is_running


def test_an_industry_service_is_neither_side_anew_but_what_became_one_stays_named():
    record, service = a_partnership(), a_service()

    for side in ("supplier", "buyer"):
        assert refused({**partnership_values(name="Satu"), side: service.number}) == {side: "a_service"}
    change = {"kbli": a_class_beyond_industry().pk}
    actions.publish(directory.get("establishments"), change, by=an_administrator(), record=record.buyer)
    ended = actions.publish(
        directory.get("partnerships"), {"until": "2026-01-02"}, by=an_administrator(), record=record
    )
    assert not ended.is_running


def test_the_pages_of_both_sides_and_of_the_zone_show_it_while_it_runs(zone):
    buyer = zone.tenants.get(position=1).establishment
    record = a_partnership(buyer=buyer, volume=412.5, volume_unit="ton")
    pages = [f"/industri/{record.supplier.number}/", f"/industri/{buyer.number}/", f"/kawasan/{zone.slug}/"]
    visitor = Client()

    shown = [visitor.get(path).content.decode() for path in pages]
    queries = (f"establishment={buyer.number}", f"zone={zone.slug}", "kbli=13134", "running=true", "q=pabrik+karet")
    listed = [visitor.get(f"/kemitraan/?{query}").content.decode() for query in queries]
    actions.publish(directory.get("partnerships"), {"until": "2025-12-31"}, by=an_administrator(), record=record)

    assert all(f'href="/kemitraan/{record.number}/"' in text for text in shown + listed)
    assert not any("412,5" in text for text in shown + listed)
    assert not any(record.number in visitor.get(path).content.decode() for path in pages)
    assert record.number in visitor.get("/kemitraan/?running=false").content.decode()
    assert record.number not in visitor.get("/kemitraan/?running=true").content.decode()


def test_a_downstream_step_counts_the_partnerships_of_its_class():
    record = a_partnership()
    a_partnership(name="Kedua")
    ChainStep.objects.create(
        commodity="karet", stage=1, stage_id="Hulu", product_id="Kain", kbli=["2020-13134"], source="Contoh",
        source_on="2025-01-01",
    )  # fmt: skip

    text = Client().get("/hilirisasi/").content.decode()

    assert KbliClass.objects.get(pk=record.supplier.kbli_id).code == "13134"
    assert re.search(r'href="/kemitraan/\?kbli=2020-13134&amp;running=true">\s*2 kemitraan', text)


def test_how_much_is_supplied_is_read_within_reach_only(officer, officer_there, signed_in, api):
    record = a_partnership(volume=412.5, volume_unit="ton")
    page, resource = f"/kemitraan/{record.number}/", f"/api/v1/partnerships/{record.number}/"

    assert "412,5 ton" in signed_in(officer).get(page).content.decode()
    assert "412,5" not in signed_in(officer_there).get(page).content.decode()
    assert api(officer).get(resource).json()["inside"]["volume"] == 412.5
    for other in (api(officer_there), api()):
        told = other.get(resource).json()
        assert (told["supplier"], told["buyer"]) == (record.supplier.number, record.buyer.number)
        assert told["buyer_tenant"] is None
        assert "inside" not in told
        assert "volume" not in told
    assert api().get("/api/v1/partnerships/?volume=412.5").status_code == 400


def test_the_draft_page_offers_the_tenants_of_all_zones(zone, officer, signed_in):
    supplier = an_establishment(name="Pemasok")
    draft = actions.draft(directory.get("partnerships"), {"supplier": supplier.number}, by=officer)

    text = signed_in(officer).get(f"/usulan/{draft.number}/ubah/").content.decode()

    assert f'<option value="{key_of(zone, 0)}">PT Sewa Lahan (Kawasan Mitra)</option>' in text
    assert f'<option value="{supplier.number}">{supplier.number} Pemasok</option>' in text
