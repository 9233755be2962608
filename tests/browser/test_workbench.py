"""The workbench under the fingers: what is typed is kept, two windows lose nothing, rows come and go."""

import re

import pytest
from playwright.sync_api import expect

from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from tests.factories import DistrictFactory, RegencyFactory, VillageFactory, an_establishment, establishment_values

BOTH = pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])


def _edit(draft):
    return f"/usulan/{draft.number}/ubah/"


def _kept(draft):
    return Submission.objects.get(pk=draft.pk)


def _names(draft):
    return [row["name"] for row in _kept(draft).values["products"]]


def test_a_draft_saves_itself_while_it_is_typed(draft, officer, visit, says):
    page = visit(officer)
    page.goto(_edit(draft))

    page.locator("[name=name]").fill("Rumah Anyaman Haruyan")
    expect(page.locator("#id_revision")).to_have_value(str(draft.revision + 1))

    expect(page.locator("[data-saved-state]")).to_have_text(re.compile(rf"^{says('Saved')} \d\d\.\d\d"))
    assert _kept(draft).values["name"] == "Rumah Anyaman Haruyan"
    page.reload()
    expect(page.locator("[name=name]")).to_have_value("Rumah Anyaman Haruyan")


def test_a_new_row_that_saved_itself_is_the_same_row_ever_after(draft, officer, visit):
    page = visit(officer)
    page.goto(f"{_edit(draft)}?tambah=products")

    page.locator("[name=products-1-name]").press_sequentially("Bakul")
    expect(page.locator("#id_revision")).to_have_value(str(draft.revision + 1))
    page.locator("[name=products-1-brand]").press_sequentially("Purun Jaya")
    expect(page.locator("#id_revision")).to_have_value(str(draft.revision + 2))

    assert _names(draft) == ["Tikar purun", "Bakul"]
    assert _kept(draft).values["products"][1]["brand"] == "Purun Jaya"


@BOTH
def test_two_windows_lose_neither_text(draft, officer, visit, script):
    first, second = visit(officer, script=script), visit(officer, script=script)
    for page in (first, second):
        page.goto(_edit(draft))

    first.locator("[name=name]").fill("Dari jendela pertama")
    first.locator("button[name=save]").click()
    expect(first.locator(".notice-success")).to_be_visible()
    second.locator("[name=name]").fill("Dari jendela kedua")
    second.locator("button[name=save]").click()

    told = second.locator("#draft-state")
    expect(told).to_contain_text("Dari jendela pertama")
    expect(told).to_contain_text("Dari jendela kedua")
    expect(second.locator("[name=name]")).to_have_value("Dari jendela kedua")
    assert _kept(draft).values["name"] == "Dari jendela pertama"
    second.locator("button[name=save]").click()
    expect(second.locator(".notice-success")).to_be_visible()
    assert _kept(draft).values["name"] == "Dari jendela kedua"


def test_a_draft_that_saves_itself_says_that_another_window_was_faster(draft, officer, visit, says):
    page = visit(officer)
    page.goto(_edit(draft))
    actions.revise(draft, {"name": "Dari jendela lain"}, by=officer)

    page.locator("[name=name]").fill("Rumah Anyaman Haruyan")

    expect(page.locator("#draft-told")).to_contain_text("Dari jendela lain")
    expect(page.locator("#draft-told")).to_contain_text("Rumah Anyaman Haruyan")
    expect(page.locator("[data-saved-state]")).to_have_text(says("Not saved."))
    page.locator("[data-explained]").click()
    expect(page.locator("#draft-told")).to_be_focused()
    expect(page.locator("#draft-told")).to_be_in_viewport()
    expect(page.locator("[name=name]")).to_have_value("Rumah Anyaman Haruyan")
    assert _kept(draft).values["name"] == "Dari jendela lain"


def test_rows_of_products_come_and_go_without_javascript(draft, officer, visit):
    page = visit(officer, script=False)
    page.goto(_edit(draft))

    for at, name in enumerate(["Bakul purun", "Topi purun"], start=1):
        page.locator("button[name=add][value=products]").click()
        page.locator(f"[name=products-{at}-name]").fill(name)
    page.locator("button[name=products-1-remove]").click()
    expect(page.locator("[name=products-1-name]")).to_have_value("Topi purun")

    expect(page.locator("[name=products-2-name]")).to_have_count(0)
    assert _names(draft) == ["Tikar purun", "Topi purun"]


def test_a_telephone_opens_its_camera_for_a_photograph_and_keeps_what_it_takes(draft, officer, visit, photo_file):
    asked = "addEventListener('click', ({ target: one }) => { window.asked ??= one.getAttribute('capture'); })"
    page = visit(officer, width=360, has_touch=True, is_mobile=True)
    page.goto(_edit(draft))
    page.evaluate(asked)
    photo = page.locator("#box_id_products-0-photo")

    with page.expect_file_chooser() as chosen:
        photo.locator("[data-camera]").tap()
    chosen.value.set_files(photo_file)

    assert page.evaluate("window.asked") == "environment"
    expect(photo.locator("img")).to_be_visible()
    assert _kept(draft).values["products"][0]["photo"]
    assert photo.locator("input[type=file]").get_attribute("capture") is None  # from its pictures too, as before
    desk = visit(officer)
    desk.goto(_edit(draft))
    expect(desk.locator("[data-camera]").first).to_be_hidden()


def test_rows_of_products_come_and_go_on_the_page_and_one_that_is_gone_comes_back(
    draft, officer, visit, says, photo_file
):
    page, revision, add = visit(officer), draft.revision, "button[name=add][value=products]"
    page.goto(_edit(draft))
    page.evaluate("window.stays = true")

    def kept(*names):
        nonlocal revision
        revision += 1
        expect(page.locator("#id_revision")).to_have_value(str(revision))
        assert _names(draft) == list(names)

    page.locator(add).press("Enter")
    page.keyboard.type("Bakul purun")  # the new row has the focus
    page.locator(add).press("Enter")
    page.keyboard.type("Topi purun")
    kept("Tikar purun", "Bakul purun", "Topi purun")
    page.locator("button[name=products-1-remove]").press("Enter")
    kept("Tikar purun", "Topi purun")
    page.locator("[name=products-2-photo-file]").set_input_files(
        photo_file
    )  # of the third row, the second that is kept
    kept("Tikar purun", "Topi purun")
    expect(page.locator("#box_id_products-2-photo img")).to_be_visible()
    assert [bool(row["photo"]) for row in _kept(draft).values["products"]] == [False, True]
    page.locator(".row-gone button").press("Enter")
    kept("Tikar purun", "Bakul purun", "Topi purun")
    expect(page.locator("[name=products-1-name]")).to_be_focused()

    page.locator(add).press("Enter")
    page.locator(add).press("Enter")  # there is an empty row already
    expect(page.locator("[name=products-3-name]")).to_be_focused()
    expect(page.locator("[name=products-4-name]")).to_have_count(0)
    assert page.evaluate("window.stays")


def test_a_point_is_taken_from_the_device_or_from_the_map_by_keyboard(draft, officer, visit):
    here = {
        "geolocation": {"latitude": -2.58123456, "longitude": 115.38, "accuracy": 12},
        "permissions": ["geolocation"],
    }
    page = visit(officer, **here)
    page.goto(_edit(draft))
    latitude, longitude, told = (page.locator(one) for one in ("#id_latitude", "#id_longitude", "[data-told]"))

    page.locator("[data-do=here]").press("Enter")
    expect(latitude).to_have_value("-2,581235")
    expect(longitude).to_have_value("115,38")
    expect(told).to_contain_text("12 m")
    page.locator("[data-do=map]").press("Enter")
    expect(page.locator(".point-place .map-boundary")).to_have_count(13)
    expect(page.locator(".point-place .map-pin")).to_be_visible()
    page.locator(".point-place .map-canvas").press("ArrowRight")
    expect(page.locator(".leaflet-pan-anim")).to_have_count(0)
    page.locator("[data-do=centre]").press("Enter")
    expect(longitude).not_to_have_value("115,38")
    expect(latitude).to_have_value(re.compile(r"^-2,5812"))
    expect(page.locator("#id_revision")).to_have_value(str(draft.revision + 1))
    assert 115.38 < _kept(draft).values["longitude"] < 115.39

    page.context.set_geolocation({"latitude": 48.2, "longitude": 16.37})  # no place of the province
    page.locator("[data-do=here]").press("Enter")
    expect(told).to_have_text(re.compile("luar provinsi"))
    expect(latitude).to_have_value(re.compile(r"^-2,5812"))


def test_a_district_narrows_the_villages(draft, officer, visit):
    for code in ("63.07.02.2001", "63.07.02.2002"):
        district = DistrictFactory(code="63.07.02", regency=RegencyFactory())
        VillageFactory(code=code, district=district, name=f"Desa {code}")
    page = visit(officer)
    page.goto(_edit(draft))
    villages = page.locator("#id_village option:not([value=''])")
    expect(villages).to_have_count(3)

    page.locator("#id_district").select_option("63.07.02")

    expect(villages).to_have_count(2)
    page.locator("#id_village").select_option("63.07.02.2002")
    page.locator("button[name=save]").click()
    expect(page.locator(".notice-success")).to_be_visible()
    assert _kept(draft).values["village"] == "63.07.02.2002"


def test_what_is_to_be_mended_stays_listed_and_is_ticked_off_while_the_page_stands_still(officer, visit):
    values = establishment_values(name="", branch="", products=[{"brand": "Purun Jaya"}])
    draft = actions.draft(directory.get("establishments"), values, by=officer)
    page = visit(officer)
    page.goto(_edit(draft))
    page.locator("button[name=check]").click()
    listed, name = page.locator("#draft-state li"), page.locator("[name=products-0-name]")
    expect(listed).to_have_count(3)
    expect(page.locator(".draft-steps-wide .step-done", has_text="Produk")).to_have_count(0)

    name.click()
    name.press_sequentially("Tikar")
    stands_at = name.bounding_box()["y"]
    expect(page.locator("#draft-state li.is-mended")).to_have_count(1)
    expect(page.locator(".draft-steps-wide .step-done", has_text="Produk")).to_have_count(1)
    expect(name).to_have_attribute("aria-invalid", "false")
    expect(listed).to_have_count(3)
    assert name.bounding_box()["y"] == pytest.approx(stands_at, abs=1)

    name.fill("")
    expect(page.locator("#draft-state li.is-mended")).to_have_count(0)
    page.locator("[name=owner_name]").fill("Siti 6307015501900001")
    expect(page.locator("#draft-told")).to_contain_text("NIK")
    expect(page.locator("[data-explained]")).to_be_visible()
    expect(listed).to_have_count(3)


def test_what_looks_odd_has_the_focus_after_submitting(draft, officer, visit):
    an_establishment(name="Rumah Anyaman")
    page = visit(officer, width=360)
    page.goto(_edit(draft))

    page.locator("button[name=check]").click()

    warned = page.locator("#hand-in .notice-warning").filter(has=page.locator("[name=acknowledged]"))
    expect(warned).to_be_focused()
    expect(warned).to_be_in_viewport()


@pytest.mark.parametrize(("prefix", "shown"), [("", "1.250.000.000"), ("/en", "1,250,000,000")], ids=["id", "en"])
def test_thousands_are_grouped_while_an_amount_is_typed(draft, officer, visit, prefix, shown):
    page = visit(officer)
    page.goto(f"{prefix}{_edit(draft)}")

    page.locator(".form-fold:has([name=investment]) > summary").click()
    page.locator("[name=investment]").press_sequentially("1250000000")
    expect(page.locator("[name=investment]")).to_have_value(shown)
    page.locator("button[name=save]").click()
    expect(page.locator(".notice-success")).to_be_visible()

    assert _kept(draft).values["investment"] == 1_250_000_000
    expect(page.locator("[name=investment]")).to_have_value(shown)


def test_a_figure_that_is_not_whole_is_left_as_typed_and_named_by_the_office(draft, officer, visit):
    page = visit(officer)
    page.goto(_edit(draft))

    page.locator(".form-fold:has([name=investment]) > summary").click()
    page.locator("[name=investment]").press_sequentially("2500.75")
    page.locator("[name=products-0-yearly_capacity]").press_sequentially("12.5")
    page.locator("button[name=check]").click()

    expect(page.locator(".error-summary")).to_contain_text("“2500.75”")
    expect(page.locator(".error-summary")).to_contain_text("“12.5”")
    expect(page.locator("[name=investment]")).to_have_value("2500.75")
    assert _kept(draft).values["products"][0]["yearly_capacity"] is None


def test_the_text_for_whatsapp_is_copied_with_one_button(submitted, officer, verifier, visit, says):
    actions.claim(submitted, by=verifier)
    actions.send_back(submitted, by=verifier, round=1, reasons={"name": "Tulis sesuai NIB."})
    page = visit(officer, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/usulan/{submitted.number}/")

    page.locator("[data-copy]").click()

    expect(page.locator("[data-copy]")).to_have_text(says("Copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("[data-copy-source]").input_value()
    assert "Tulis sesuai NIB." in copied


def test_the_second_verifier_sees_who_holds_a_submission(submitted, verifier, second_verifier, visit):
    first, second = visit(verifier), visit(second_verifier)
    first.goto(f"/usulan/{submitted.number}/periksa/")
    second.goto(f"/usulan/{submitted.number}/periksa/")

    first.locator("form[action$='/ambil/'] button").click()
    expect(first.locator("#review")).to_be_visible()
    second.locator("form[action$='/ambil/'] button").click()

    expect(second.locator("main")).to_contain_text("Verifikator Satu")
    expect(second.locator("#review")).to_have_count(0)
    second.goto(f"/usulan/{submitted.number}/")
    expect(second.locator("main")).to_contain_text("Verifikator Satu")


def test_keys_go_through_the_queue_beside_what_is_open_and_what_was_typed_stays(submitted, officer, verifier, visit):
    other = actions.draft(directory.get("establishments"), establishment_values(name="Anyaman Kedua"), by=officer)
    actions.submit(other, by=officer, acknowledged=True)
    page = visit(verifier)
    page.goto("/usulan/")

    page.keyboard.press("j")
    page.locator(f"[name=chosen][value='{submitted.number}']").press("Space")
    page.keyboard.press("v")  # a tick box is no text: keys go on meaning what they mean
    page.wait_for_url(f"**/{submitted.number}/periksa/")
    page.locator("#id_note").fill("Belum selesai saya baca.")
    page.locator("h1").click()  # keys mean nothing while somebody types
    page.keyboard.press("n")
    page.wait_for_url(f"**/{other.number}/periksa/")
    expect(page.locator("#id_note")).to_have_value("")

    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(f"**/{submitted.number}/periksa/")
    expect(page.locator("#id_note")).to_have_value("Belum selesai saya baca.")
    assert Submission.objects.filter(claimed_by=verifier).get() == submitted


def test_a_word_under_a_day_takes_no_button_from_under_the_pointer(verifier, second_verifier, visit):
    page = visit(verifier)
    page.goto("/ringkasan/cuti/")
    page.locator("[name=stand_in]").select_option(str(second_verifier.pk))
    page.locator("[name=first_day]").fill("31-02-2023")
    page.locator("[name=last_day]").fill("31-02-2023")

    page.locator("main form [type=submit]").click()  # pressing it leaves the day, under which something is then said

    expect(page.locator(".field-error")).to_have_count(2)


def test_leaving_with_unsaved_words_asks_first(draft, officer, visit):
    page, asked = visit(officer), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(_edit(draft))

    page.locator("[name=name]").press("End")
    page.keyboard.type("!")
    page.locator("main nav a, .rail a").first.click()

    expect(page.locator("[name=name]")).to_have_value("Rumah Anyaman!")
    assert asked == ["beforeunload"]


def test_a_text_that_must_not_be_kept_holds_up_no_other(draft, officer, visit, says):
    page = visit(officer)
    page.goto(_edit(draft))
    state = page.locator("[data-saved-state]")

    page.locator("[name=owner_name]").fill("NIK 6307014101900001")
    page.locator("[name=address]").fill("Jalan Haruyan 5")
    expect(state).to_have_text(re.compile("kecuali yang ditandai|but for what is marked"))
    expect(page.locator("#told_id_owner_name")).to_contain_text("NIK")
    expect(page.locator("[data-explained]")).to_be_visible()
    assert Submission.objects.get().values["address"] == "Jalan Haruyan 5"

    page.locator("[name=owner_name]").fill("Ibu Aminah")
    expect(state).to_have_text(re.compile(rf"^{says('Saved')} \S+ \S+$"))
    expect(page.locator("#told_id_owner_name")).to_be_empty()
    expect(page.locator("[data-explained]")).to_be_hidden()
    assert Submission.objects.get().values["owner_name"] == "Ibu Aminah"
