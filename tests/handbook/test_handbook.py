"""The handbook: every chapter can be read in both languages, says the screens' own words, and has its pictures."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from disperin.accounts.models import Role, User
from disperin.handbook.chapters import AT_PAGES, CHAPTERS, chapter_about
from disperin.handbook.first_day import STEPS
from disperin.overview.rail import RAIL
from disperin.submissions.models import Kind, Submission
from disperin.submissions.workflow import Status
from disperin.ui import translations
from tests.pictures.__main__ import LANGUAGES, PICTURES

LABEL = re.compile(r'{% translate "([^"]+)" %}')
PICTURE = re.compile(r'_picture.html" with name="([^"]+)"')
HEAVIEST = 120_000  # bytes of one picture
# What has no task of its own: registers are public lists, and the chapters say what is done with their records.
NO_TASK = {
    "handbook:contents", "admin:index", "front:open-data", "ovop:statistics", "industries:downstream",
    "figures:statistics", "regency_pages:list",
}  # fmt: skip


def source(chapter, language):
    return get_template(chapter.template.format(language)).template.source


def test_every_chapter_is_read_by_everybody_of_the_office_in_both_languages(
    signed_in, officer, verifier, head, administrator
):
    for person in (officer, verifier, head, administrator):
        client = signed_in(person)
        for chapter in CHAPTERS.values():
            for prefix in LANGUAGES.values():
                answer = client.get(f"{prefix}/panduan/{chapter.slug}/")
                assert answer.status_code == 200, chapter.slug
    assert client.get("/panduan/tidak-ada/").status_code == 404


def test_what_is_to_be_pressed_is_called_as_on_the_screens():
    elsewhere = {one.text for one in translations.messages() if not one.place.startswith("templates/handbook")}
    quoted = {
        label for one in CHAPTERS.values() for language in LANGUAGES for label in LABEL.findall(source(one, language))
    }

    assert quoted - elsewhere == set()


def test_both_languages_say_the_same_with_the_same_pictures():
    for chapter in CHAPTERS.values():
        texts = [source(chapter, language) for language in LANGUAGES]
        for found in (
            LABEL.findall,
            PICTURE.findall,
            re.compile(r"<(?:h2|li|p)>").findall,
            re.compile(r'{% url "(.+?)" ').findall,
        ):
            first, second = map(found, texts)
            assert first == second, chapter.slug


def test_each_picture_is_there_once_for_each_language_and_shown():
    named = {name for one in CHAPTERS.values() for name in PICTURE.findall(source(one, "id"))}
    assert named == {*PICTURES}

    for language in LANGUAGES:
        files = {one.stem: one.stat().st_size for one in (settings.BASE_DIR / "static/handbook" / language).iterdir()}
        assert {*files} == named
        assert max(files.values()) < HEAVIEST


def test_where_a_task_is_done_the_page_leads_to_its_chapter(signed_in, officer):
    views = {name for name in AT_PAGES if not _exists(name)}
    assert views == set()

    page = signed_in(officer).get(reverse("workbooks:index")).content.decode()
    assert f'href="{reverse("handbook:chapter", args=["impor"])}"' in page


def test_the_page_of_a_submission_leads_to_the_chapter_about_its_kind_and_where_it_stands():
    def led_to(view, kind, status, role=Role.OFFICER):
        shown = {"submission": Submission(kind=kind, status=status)}
        return chapter_about(f"submissions:{view}", User(role=role), shown).slug

    for view in ("edit", "check", "detail", "withdraw"):
        assert {kind: led_to(view, kind, Status.DRAFT) for kind in Kind} == {
            "create": "usulan-baru",
            "change": "perubahan",
            "close": "menutup",
            "reopen": "menutup",
            "confirm": "sistem-lama",
        }
        assert {led_to(view, kind, Status.RETURNED) for kind in Kind} == {"dikembalikan"}
    waiting = Kind.CHANGE, Status.SUBMITTED
    assert [led_to("detail", *waiting, role) for role in (Role.OFFICER, Role.VERIFIER, Role.HEAD)] == [
        "perubahan", "memeriksa", "perubahan",
    ]  # fmt: skip
    assert led_to("review", *waiting, Role.VERIFIER) == "memeriksa"
    assert chapter_about("submissions:start", User(), {}).slug == "usulan-baru"
    assert chapter_about("submissions:start", User(), {"kind": Kind.CLOSE}).slug == "menutup"
    assert chapter_about("search:search", User(), {"kind": Kind.CLOSE}).slug == "mencari"


def _exists(name):
    try:
        reverse(name)
    except NoReverseMatch as error:
        return "not a valid view function" not in str(error) and "is not a registered namespace" not in str(error)
    return True


def test_every_place_of_work_in_the_menu_has_a_chapter():
    work = {place.view for _group, places in RAIL for place in places if not place.view.endswith("-list")}

    assert work - {*AT_PAGES} == NO_TASK


@pytest.mark.django_db
def test_the_steps_of_a_first_day_are_ticked_and_unticked(signed_in, officer, verifier):
    client, address = signed_in(officer), reverse("handbook:contents")
    assert client.post(address, {"done": ["password", "search", "review", "gibberish"]}).status_code == 302

    page = client.get(address).content.decode()
    assert f"2 dari {len(STEPS['officer'])} selesai" in page
    assert re.findall(r'value="(\w+)"[^>]*\s+checked', page) == ["password", "search"]
    client.post(address, {"done": ["search"]})
    assert re.findall(r'value="(\w+)"[^>]*\s+checked', client.get(address).content.decode()) == ["search"]
    assert f"0 dari {len(STEPS['verifier'])} selesai" in signed_in(verifier).get(address).content.decode()


def test_each_step_has_a_key_of_its_own_and_a_chapter():
    for role, steps in STEPS.items():
        assert len({step.key for step in steps}) == len(steps), role
        assert {step.chapter for step in steps} <= {*CHAPTERS}
