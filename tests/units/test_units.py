"""Units of the office and offices of the regencies: what names them, and what each is responsible for."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from disperin.accounts.models import Role
from disperin.commitments.forms import CommitmentForm
from disperin.commitments.models import Commitment
from disperin.commitments.papers import minutes_of
from disperin.letters.models import DataRequest
from disperin.overview import due_days
from disperin.units.actions import keep_unit
from disperin.units.models import Unit
from tests.factories import (
    RegencyFactory,
    UserFactory,
    a_commitment,
    a_forum,
    an_indicator,
    commitment_values,
    published,
    some_letters,
)  # fmt: skip

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 10)
YESTERDAY = datetime.date(2026, 3, 9)


@pytest.fixture(autouse=True)
def _a_day_in_march(time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 10, 2, tzinfo=datetime.UTC))


@pytest.fixture
def admin():
    return UserFactory(role=Role.ADMINISTRATOR)


@pytest.fixture
def units(admin):
    """A unit of the province, an office here and one there."""
    here, there = RegencyFactory(code="63.07"), RegencyFactory(code="63.06")
    rows = {
        "bidang": Unit(key="bidang", name="Bidang Agro"),
        "here": Unit(key="here", name="Disperindag HST", regency=here, place="Barabai", takes_letters=True),
        "there": Unit(key="there", name="Disnaker HSS", regency=there, takes_letters=True),
    }
    return {name: keep_unit(unit, by=admin) for name, unit in rows.items()}


def reading(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def errors_of(unit):
    with pytest.raises(ValidationError) as refused:
        unit.full_clean()
    return refused.value.message_dict


def test_one_office_of_a_regency_takes_its_letters_on_any_day(units):
    here = units["here"].regency
    second = Unit(key="second", name="Diskop HST", regency=here, takes_letters=True)

    assert "Disperindag HST" in errors_of(second)["valid_from"][0]
    Unit(key="plain", name="Bappeda HST", regency=here).full_clean()
    units["here"].valid_to = YESTERDAY
    units["here"].save()
    second.valid_from = TODAY
    second.full_clean()
    second.valid_from = YESTERDAY
    assert "valid_from" in errors_of(second)


def test_a_unit_of_the_province_takes_no_letters(units):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit(key="wrong", name="Bidang Salah", takes_letters=True).save()


def test_a_promise_is_answered_for_by_the_province_or_its_own_regency(units):
    a_forum()
    refused = CommitmentForm(values=commitment_values(unit="there"))

    assert not refused.is_valid()
    assert "Disnaker HSS" in refused.errors["unit"][0]
    for key in ("bidang", "here"):
        assert CommitmentForm(values=commitment_values(unit=key)).is_valid(), key


def test_the_form_offers_what_may_answer_and_keeps_what_is_over_where_it_was_chosen(units):
    Unit.objects.filter(pk="bidang").update(valid_to=YESTERDAY)
    a_forum()

    def offered(**values):
        form = CommitmentForm(values=commitment_values(**values))
        form.narrow("63.07")
        return {unit.pk for unit in form.fields["unit"].queryset}

    assert offered() == {"here"}
    assert offered(unit="bidang") == {"here", "bidang"}
    assert offered(unit="there") == {"here", "there"}  # is told at the field, instead of vanishing


def test_what_was_said_in_words_stays_as_it_was_said_beside_the_unit(units):
    forum = a_forum()
    words = a_commitment(forum=forum, name="Janji kata", responsible="Bagian Ekonomi  Setda", due_on="2026-04-01")
    both = a_commitment(forum=forum, name="Janji dua", unit="here", responsible="Kepala bidang", due_on="2026-04-02")
    named = a_commitment(forum=forum, name="Janji unit", unit="bidang", due_on="2026-04-03")
    head = UserFactory(role=Role.HEAD)

    assert [one.who for one in (words, both, named)] == [
        "Bagian Ekonomi Setda", "Disperindag HST · Kepala bidang", "Bidang Agro",
    ]  # fmt: skip
    rows = minutes_of(forum, head, TODAY).passages[0].table.rows
    assert [row[3] for row in rows] == [one.who for one in (words, both, named)]
    listed = reading(head).get("/komitmen/").content.decode()
    assert all(one.who in listed for one in (words, both, named))
    days = due_days.items(head, due_days.Asked(kind="commitment"), TODAY, start=0, stop=9)
    assert [day.who for day in days] == ["Bagian Ekonomi Setda", "Disperindag HST", "Bidang Agro"]
    assert "Disperindag HST" in reading(head).get(f"/komitmen/{both.number}/").content.decode()


def test_lists_and_the_api_are_narrowed_by_unit_and_say_its_name(units):
    forum = a_forum()
    a_commitment(forum=forum, name="Janji dua", unit="here")
    a_commitment(forum=forum, name="Janji lain", unit="bidang")
    head = reading(UserFactory(role=Role.HEAD))

    shown = head.get("/komitmen/?unit=here").content.decode()
    assert ("Janji dua" in shown, "Janji lain" in shown) == (True, False)
    (row,) = head.get("/api/v1/commitments/?unit=here").json()["results"]
    assert (row["unit"], row["unit_name"], row["responsible"]) == ("here", "Disperindag HST", "")
    assert head.get("/api/v1/commitments/?unit=tidakada").status_code == 400
    assert "Janji dua" in head.get("/komitmen/?q=disperindag").content.decode()


def test_a_letter_goes_to_the_office_that_takes_letters_on_its_day_and_stays_addressed_to_it(units, admin):
    here, there = units["here"].regency, units["there"].regency
    verifier = UserFactory(role=Role.VERIFIER)
    old, _other = some_letters(here, there, by=verifier)
    Unit.objects.filter(pk="here").update(valid_to=YESTERDAY)
    keep_unit(Unit(key="new", name="Dinas Baru", regency=here, takes_letters=True, valid_from=TODAY), by=admin)
    (new,) = some_letters(here, by=verifier, written_on=TODAY, due_on=None)

    letters = {letter.pk: letter.office.name for letter in DataRequest.objects.select_related("office")}
    assert (letters[old.pk], letters[new.pk]) == ("Disperindag HST", "Dinas Baru")
    client = reading(verifier)
    offered = client.get(f"/surat-permintaan/{old.pk}/ubah/").context["form"].fields["office"].queryset
    assert {unit.pk for unit in offered} == {"here"}
    listed = client.get("/surat-permintaan/?office=new").content.decode()
    assert ("Dinas Baru" in listed, f"/surat-permintaan/{old.pk}/" in listed) == (True, False)


def test_a_letter_is_addressed_to_no_office_of_another_regency(units):
    verifier = UserFactory(role=Role.VERIFIER)
    (letter,) = some_letters(units["here"].regency, by=verifier)
    page = {
        "office": "there", "subject": "Data", "register": "clusters", "written_on": "2026-01-15", "variables": "Nama",
    }  # fmt: skip

    refused = reading(verifier).post(f"/surat-permintaan/{letter.pk}/ubah/", page)
    assert refused.status_code == 400
    letter.refresh_from_db()
    assert letter.office_id == "here"
    assert reading(verifier).post(f"/surat-permintaan/{letter.pk}/ubah/", {**page, "office": ""}).status_code == 302
    letter.refresh_from_db()
    assert letter.office is None


def test_the_list_of_units_counts_what_names_each_within_reach_and_leads_to_it(units):
    forum, verifier = a_forum(), UserFactory(role=Role.VERIFIER)
    an_indicator(unit="bidang")
    a_commitment(forum=forum, name="Lewat", unit="bidang", due_on="2026-03-01")
    a_commitment(forum=forum, name="Nanti", unit="bidang", regency="63.06", due_on="2026-05-01")
    done = {"state": "dipenuhi", "report": "Selesai.", "settled_on": "2026-03-02"}
    published("commitments", commitment_values(forum=forum, name="Selesai", unit="bidang", **done))
    some_letters(units["here"].regency, by=verifier)

    def counted(user):
        rows = reading(user).get("/perencanaan/unit/").context["rows"]
        names = ("indicators_open", "commitments_open", "commitments_late", "letters_waiting")
        return {row["key"]: tuple(row[name] for name in names) for row in rows}

    assert counted(verifier) == {"bidang": (1, 2, 1, 0), "here": (0, 0, 0, 1), "there": (0, 0, 0, 0)}
    officer = UserFactory(regency=RegencyFactory(code="63.07"))
    assert counted(officer) == {"bidang": (1, 1, 1, 0), "here": (0, 0, 0, 1)}
    client = reading(verifier)
    shown = client.get("/perencanaan/unit/").content.decode()
    for address in ("/komitmen/?unit=bidang&amp;open=true", "/surat-permintaan/?office=here&amp;state=waiting"):
        assert address in shown
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert Commitment.objects.filter(unit="bidang").count() == 3


def test_the_list_of_units_is_narrowed_and_sorted(units):
    Unit.objects.filter(pk="there").update(valid_to=YESTERDAY)
    client = reading(UserFactory(role=Role.HEAD))

    def shown(query):
        return {row["key"] for row in client.get(f"/perencanaan/unit/{query}").context["rows"]}

    assert shown("?state=standing") == {"bidang", "here"}
    assert shown("?state=over") == {"there"}
    assert shown("?regency=63.07") == {"here"}
    assert client.get("/perencanaan/unit/?state=apa").status_code == 400
    refused = client.get("/perencanaan/unit/?order=<b>apa")
    assert (refused.status_code, "“&lt;b&gt;apa” bukan urutan" in refused.text) == (400, True)
    assert client.get("/perencanaan/unit/?cursor=x").status_code == 400


def test_units_are_sorted_over_pages_by_what_is_late(units):
    Unit.objects.bulk_create(Unit(key=f"u{at}", name=f"Unit {at:02}") for at in range(30))
    forum = a_forum()
    for unit, number in (("bidang", 1), ("u29", 2)):
        for at in range(number):
            a_commitment(forum=forum, unit=unit, name=f"Janji {unit} {at}", due_on="2026-02-01")
    client, asked = reading(UserFactory(role=Role.HEAD)), "/perencanaan/unit/?order=-commitments_late"

    def pages(path):
        while path:
            context = client.get(path).context
            yield [row["key"] for row in context["rows"]]
            path = context["next_url"]

    first, second = pages(asked)
    assert (first[:2], len({*first, *second})) == (["u29", "bidang"], 33)
    assert next(pages("/perencanaan/unit/?order=-name"))[:2] == ["u29", "u28"]
    assert 'value="-commitments_late" selected' in client.get(asked).content.decode()


def test_an_administrator_lays_an_office_down_and_ends_it_but_renames_none(admin, units):
    client = reading(admin)
    page = {"key": "baru", "name": "Dinas Baru", "regency": "63.07", "place": "", "takes_letters": "on"}
    refused = client.post("/admin/units/unit/add/", page)
    assert "Disperindag HST" in refused.content.decode()
    kept = client.post("/admin/units/unit/add/", {**page, "takes_letters": ""})
    assert kept.status_code == 302
    ended = {"name": "Nama lain", "valid_to": "2026-03-09"}
    assert client.post("/admin/units/unit/baru/change/", ended).status_code == 302
    unit = Unit.objects.get(pk="baru")
    assert (unit.name, unit.valid_to) == ("Dinas Baru", YESTERDAY)


def test_the_list_is_narrowed_to_a_regency_by_its_name(units, verifier, signed_in):
    here = units["here"].regency
    client = signed_in(verifier)

    page = client.get("/perencanaan/unit/").text
    narrowed = client.get("/perencanaan/unit/", {"regency": here.pk}).text

    assert f'<option value="{here.pk}">{here.name}</option>' in page
    assert "Disperindag HST" in narrowed
    assert "Disnaker HSS" not in narrowed
