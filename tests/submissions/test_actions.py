"""The verbs: what they let through, what they refuse, what they leave behind."""

import pytest
from django.core.exceptions import ValidationError

from disperin.desk.refusals import NotNow, Refused, Stale
from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.errors import Conflicts
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import an_establishment, establishment_values, place

ESTABLISHMENTS = "establishments"


def drafted(by, **values):
    return actions.draft(directory.get(ESTABLISHMENTS), establishment_values(**values), by=by)


def submitted(by, **values):
    return actions.submit(drafted(by, **values), by=by, acknowledged=True)


def a_change(record, given, *, by):
    draft = actions.draft(directory.get(ESTABLISHMENTS), given, by=by, record=record)
    return actions.submit(draft, by=by, acknowledged=True)


def codes(refused):
    return {path: [error.code for error in errors] for path, errors in refused.value.error_dict.items()}


def test_a_proposal_becomes_a_record_only_when_it_is_verified(officer, verifier):
    submission = submitted(officer)
    assert not Establishment.objects.exists()

    actions.verify(submission, by=verifier, round=1)

    record = Establishment.objects.get()
    assert (record.name, record.number, record.version) == ("Sasirangan Barabai", "IKM-6307-000001", 1)


def test_three_products_travel_with_their_establishment_and_keep_their_keys(officer, verifier):
    submission = submitted(officer, products=[{"name": "Kain"}, {"name": "Kemeja"}, {"name": "Syal"}])
    keys = [row["key"] for row in submission.values["products"]]

    actions.verify(submission, by=verifier, round=1)

    products = Establishment.objects.get().products.all()
    assert [(str(one.key), one.name) for one in products] == list(zip(keys, ["Kain", "Kemeja", "Syal"], strict=True))


def test_a_draft_may_be_incomplete_but_cannot_be_submitted(officer):
    draft = actions.draft(directory.get(ESTABLISHMENTS), {"name": "Baru"}, by=officer)

    with pytest.raises(ValidationError) as refused:
        actions.submit(draft, by=officer)

    assert {"legal_form", "branch", "kbli", "district", "village"} == set(refused.value.message_dict)


def test_what_cannot_be_understood_is_kept_in_the_draft(officer):
    draft = drafted(officer, workers_male="banyak")

    assert (draft.values["workers_male"], draft.typed) == (None, {"workers_male": "banyak"})


def test_a_name_is_kept_as_readers_see_it(officer):
    name = " Tenun\u200b  Haruyan\xa0\xad 🏭\u2028"
    draft = drafted(officer, name=name, products=[{"name": name}], marketplaces=["https://a.example/\u200b"])

    assert (draft.values["name"], draft.title) == ("Tenun Haruyan 🏭", "Tenun Haruyan 🏭")
    assert draft.values["products"][0]["name"] == "Tenun Haruyan 🏭"
    assert draft.values["marketplaces"] == ["https://a.example"]


def test_a_name_that_looks_empty_is_empty(officer):
    for name in ("\u200b", "\xad \u2060", "\u3164", "\u2800\ufe0f"):
        draft = drafted(officer, name=name)
        with pytest.raises(ValidationError) as refused:
            actions.submit(draft, by=officer, acknowledged=True)

        assert codes(refused) == {"name": ["required"]}


def test_controls_and_signs_of_direction_are_not_even_kept_as_a_draft(officer):
    for sign in "\u0007\u001b\u202e\u2066":
        for values in ({"name": f"Te{sign}nun"}, {"products": [{"name": f"Te{sign}nun"}]}):
            with pytest.raises(ValidationError) as refused:
                drafted(officer, **values)
            assert f"U+{ord(sign):04X}" in str(refused.value)
    assert not Submission.objects.exists()


def test_a_reason_must_be_seen(officer, verifier):
    submission = submitted(officer)

    for note in ("\u200b", "\u3164", "tidak\u202e", "bel\u0007"):
        with pytest.raises(ValidationError) as refused:
            actions.reject(submission, round=1, note=note, by=verifier)
        assert list(refused.value.message_dict) == ["note"]


def test_a_change_of_the_phone_touches_nothing_else(officer, verifier):
    record = an_establishment(products=[{"name": "Kain"}], workers_male=3)
    submission = a_change(record, {"phone": "08125000123"}, by=officer)

    actions.verify(submission, by=verifier, round=1)

    changed = Establishment.objects.get()
    assert (changed.phone, changed.workers_male, changed.version) == ("+628125000123", 3, 2)
    assert submission.fields_changed == ["phone"]
    assert [one.name for one in changed.products.all()] == ["Kain"]


def test_a_field_changed_on_both_sides_is_a_conflict_until_the_verifier_chooses(officer, verifier, administrator):
    record = an_establishment()
    submission = a_change(record, {"name": "Nama Petugas"}, by=officer)
    actions.publish(directory.get(ESTABLISHMENTS), {"name": "Nama Admin"}, by=administrator, record=record)

    with pytest.raises(Conflicts) as refused:
        actions.verify(submission, by=verifier, round=1)
    assert [(one.path, one.base, one.proposed, one.current) for one in refused.value.conflicts] == [
        ("name", "Sasirangan Barabai", "Nama Petugas", "Nama Admin")
    ]
    actions.verify(submission, by=verifier, round=1, choices={"name": "proposed"})

    assert Establishment.objects.get().name == "Nama Petugas"


def test_a_field_changed_by_somebody_else_meanwhile_is_left_alone(officer, verifier, administrator):
    record = an_establishment()
    submission = a_change(record, {"phone": "08125000123"}, by=officer)
    actions.publish(directory.get(ESTABLISHMENTS), {"name": "Nama Baru"}, by=administrator, record=record)

    actions.verify(submission, by=verifier, round=1)

    assert Establishment.objects.values_list("name", "phone").get() == ("Nama Baru", "+628125000123")


def test_unknown_fields_wrong_shapes_and_rows_of_others_are_named_and_nothing_is_stored(officer):
    other = an_establishment(name="Lain", products=[{"name": "Kain"}])
    key = str(other.products.get().key)

    with pytest.raises(ValidationError) as refused:
        drafted(officer, colour="merah", name=["x"], products=[{"key": key, "name": "Curian"}, "x", {"size": 1}])

    unfit = {"colour", "name", "products.0.key", "products.1", "products.2.size"}
    assert set(refused.value.message_dict) == unfit | {"products.2.name"}  # which is missing
    assert not Submission.objects.filter(proposed_by=officer).exists()


def test_a_nik_is_refused_wherever_it_is_typed(officer):
    with pytest.raises(ValidationError) as refused:
        drafted(officer, npwp="6307014101900001", owner_name="Siti 6307014101900001")

    assert set(refused.value.message_dict) == {"npwp", "owner_name"}
    assert "6307014101900001" not in str(refused.value)


def test_an_officer_cannot_propose_in_another_regency(officer):
    with pytest.raises(ValidationError) as refused:
        drafted(officer, regency="63.06")

    assert codes(refused) == {"regency": ["out_of_reach"]}


def test_an_officer_cannot_move_a_record_to_another_regency(officer):
    record = an_establishment()

    with pytest.raises(ValidationError) as refused:
        a_change(record, place("63.06"), by=officer)

    assert codes(refused) == {"regency": ["out_of_reach"]}


def test_an_officer_cannot_touch_a_record_of_another_regency(officer_there):
    record = an_establishment()

    with pytest.raises(Refused):
        a_change(record, {"phone": "08125000123"}, by=officer_there)


def test_a_second_submission_of_a_record_is_refused_by_the_name_of_the_first(officer, colleague):
    record = an_establishment()
    first = a_change(record, {"phone": "08125000123"}, by=officer)

    with pytest.raises(NotNow, match=first.number):
        a_change(record, {"phone": "08125000124"}, by=colleague)


def test_an_edit_from_an_old_revision_is_refused(officer):
    draft = drafted(officer)
    actions.revise(draft, {"name": "Satu"}, by=officer, revision=draft.revision)

    with pytest.raises(Stale):
        actions.revise(draft, {"name": "Dua"}, by=officer, revision=draft.revision)


def test_closing_and_reopening_are_submissions_too(officer, verifier):
    record = an_establishment()
    register = directory.get(ESTABLISHMENTS)
    closing = actions.draft(
        register, {"closed_on": "2026-01-31", "closed_reason": "moved"}, by=officer, record=record, kind="close"
    )
    actions.verify(actions.submit(closing, by=officer, acknowledged=True), by=verifier, round=1)
    record.refresh_from_db()
    assert (str(record.closed_on), record.version) == ("2026-01-31", 2)

    reopening = actions.draft(register, {}, by=officer, record=record, kind="reopen")
    actions.verify(actions.submit(reopening, by=officer, acknowledged=True), by=verifier, round=1)

    record.refresh_from_db()
    assert (record.closed_on, record.version, record.number) == (None, 3, "IKM-6307-000001")


def test_a_masked_value_that_comes_back_as_its_mask_is_left_as_it_is(officer):
    draft = drafted(officer, legal_form="pt", npwp="012345678012000")

    revised = actions.revise(draft, {"npwp": "0123•••••••2000"}, by=officer)

    assert revised.values["npwp"] == "012345678012000"


def test_a_warning_must_be_acknowledged(officer):
    an_establishment(name="Sasirangan Barabai")
    draft = drafted(officer, name="Sasirangan Barabay")

    with pytest.raises(ValidationError) as refused:
        actions.submit(draft, by=officer)
    assert codes(refused) == {"name": ["warning"]}

    assert actions.submit(draft, by=officer, acknowledged=True).acknowledged


def test_the_same_nib_twice_in_a_village_is_an_error_at_the_nib(officer):
    an_establishment(nib="1234567890123")
    draft = drafted(officer, name="Lain", nib="1234567890123")

    with pytest.raises(ValidationError) as refused:
        actions.submit(draft, by=officer, acknowledged=True)

    assert set(refused.value.message_dict) == {"nib"}


def test_a_row_that_was_closed_comes_back_under_its_own_key(officer, verifier):
    record = an_establishment(products=[{"name": "Kain"}])
    kain = record.products.get()
    actions.verify(a_change(record, {"products": []}, by=officer), by=verifier, round=1)
    kain.refresh_from_db()
    assert kain.closed_on is not None

    back = [{"key": str(kain.key), "name": "Kain"}]
    actions.verify(a_change(record, {"products": back}, by=officer), by=verifier, round=1)

    kain.refresh_from_db()
    assert (record.products.count(), kain.closed_on) == (1, None)


def test_a_page_that_saves_itself_leaves_one_entry_in_the_history(officer, colleague):
    draft = drafted(officer)
    for name in ("Satu", "Dua", "Tiga"):
        actions.revise(draft, {"name": name}, by=officer)
    actions.revise(draft, {"name": "Empat"}, by=colleague)

    assert list(Entry.objects.about(draft).values_list("verb", flat=True)) == ["revise", "revise", "draft"]
