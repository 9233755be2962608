"""Senders are erased in time; holidays are entered one by one or from a file, and what is open is counted anew."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from disperin.history.models import Entry
from disperin.inquiries import actions
from disperin.inquiries.models import Holiday, Inquiry
from tests.inquiries.conftest import SECRETS

pytestmark = pytest.mark.thorough

HEAD = "day,name,basis\n"


@pytest.fixture
def file(tmp_path):
    """A CSV file with the header and these lines: `file("2026-11-03,Libur,SKB")`."""

    def write(*lines, head=HEAD):
        path = tmp_path / "libur.csv"
        path.write_text(head + "".join(f"{line}\n" for line in lines))
        return str(path)

    return write


@pytest.mark.parametrize(("days", "erased"), [(180, 0), (181, 1)])
def test_a_sender_is_erased_so_many_days_after_the_end(report, officer, monday, days, erased):
    inquiry = actions.answer(report(), text="Sudah diperbaiki.", by=officer)
    monday.shift(datetime.timedelta(days=days))

    assert actions.forget_senders() == erased

    inquiry.refresh_from_db()
    kept = [inquiry.message, inquiry.sender_name, inquiry.email, inquiry.phone]
    assert (kept == ["", "", "", ""], inquiry.forgotten_at is not None) == (bool(erased), bool(erased))
    assert (inquiry.answer, inquiry.state) == ("Sudah diperbaiki.", "answered")


def test_what_is_open_keeps_its_sender_and_erasing_twice_does_nothing(report, question, verifier, monday, settings):
    settings.INQUIRY_SENDERS_KEPT_FOR = datetime.timedelta(days=1)
    still_open, ended = report(), [actions.close(question(), reason="Ganda.", by=verifier) for _ in range(2)]
    monday.shift(datetime.timedelta(days=2))

    assert (actions.forget_senders(), actions.forget_senders()) == (2, 0)

    assert Inquiry.objects.get(pk=still_open.pk).email == SECRETS["email"]
    assert [Entry.objects.about(one).first().verb for one in ended] == ["forget_sender"] * 2


def test_a_new_holiday_moves_what_is_open_and_leaves_what_has_ended(report, question, officer, verifier, monday):
    still_open, ended = report(), actions.close(question(), reason="Ganda.", by=verifier)
    holiday = actions.keep_holiday(Holiday(day=datetime.date(2026, 11, 4), name="Libur", basis="SKB"), by=verifier)

    assert Inquiry.objects.get(pk=still_open.pk).due_on == datetime.date(2026, 11, 6)
    assert Inquiry.objects.get(pk=ended.pk).answer_due_on == datetime.date(2026, 11, 9)

    actions.remove_holiday(holiday, by=verifier)

    assert Inquiry.objects.get(pk=still_open.pk).due_on == datetime.date(2026, 11, 5)
    assert not Holiday.objects.exists()


def test_a_file_is_loaded_once(db, file, capsys):
    path = file("2026-11-03,Libur satu,SKB", "2026-11-04,Libur dua,SKB")

    call_command("load_holidays", path)
    call_command("load_holidays", path)
    call_command("load_holidays", file("2026-11-04,Libur dua (diralat),SKB"))

    assert capsys.readouterr().out.splitlines() == [
        "2 holidays, 2 new or changed.",
        "2 holidays, 0 new or changed.",
        "1 holidays, 1 new or changed.",
    ]
    assert list(Holiday.objects.values_list("name", flat=True)) == ["Libur dua (diralat)", "Libur satu"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["2026-13-01,Libur,SKB"], "line 2"),
        (["2026-11-03,Libur,SKB", "2026-11-04,,SKB"], "line 3"),
        (["2026-11-03,Libur"], "line 2"),
        (["2026-11-03," + "x" * 121 + ",SKB"], "line 2"),
        ([], "the first line"),
    ],
    ids=["no day", "no name", "too few", "too long", "empty"],
)
def test_a_wrong_file_names_the_line_and_loads_nothing(db, file, lines, told):
    with pytest.raises(CommandError, match=told):
        call_command("load_holidays", file(*lines))

    assert not Holiday.objects.exists()


def test_other_columns_and_a_missing_file_are_named(db, file):
    with pytest.raises(CommandError, match="day,name,basis"):
        call_command("load_holidays", file("x,y,z", head="tanggal,nama,dasar\n"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_holidays", "/nowhere/libur.csv")


def test_administrators_keep_holidays_in_the_admin(report, administrator, signed_in, monday):
    inquiry, client = report(), signed_in(administrator)
    path = "/admin/inquiries/holiday/"

    added = client.post(f"{path}add/", {"day": "2026-11-03", "name": "Libur", "basis": "SKB"})
    holiday = Holiday.objects.get()
    moved = Inquiry.objects.get(pk=inquiry.pk).due_on
    client.post(f"{path}{holiday.pk}/delete/", {"post": "yes"})

    assert (added.status_code, moved) == (302, datetime.date(2026, 11, 6))
    assert Inquiry.objects.get(pk=inquiry.pk).due_on == datetime.date(2026, 11, 5)
    assert [one.verb for one in Entry.objects.filter(target_type="inquiries.holiday")] == [
        "remove_reference",
        "keep_reference",
    ]


def test_the_admin_shows_inquiries_without_their_senders(report, administrator, signed_in):
    inquiry, client = report(), signed_in(administrator)

    page = client.get(f"/admin/inquiries/inquiry/{inquiry.pk}/change/")

    assert page.status_code == 200
    assert not any(word in page.content.decode() for word in (*SECRETS.values(), inquiry.message))
    assert client.post(f"/admin/inquiries/inquiry/{inquiry.pk}/change/", {"state": "closed"}).status_code == 403
