"""Commitments: what must be said of one, how a forum tells what came of them, and how they are carried over."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader

from disperin.accounts.models import Role
from disperin.commitments import actions, rules
from disperin.commitments.forms import CommitmentForm
from disperin.commitments.models import Commitment
from disperin.commitments.views.forums import last_forum_of
from disperin.desk.refusals import NotNow, Refused
from disperin.overview import due_days
from disperin.submissions.models import Submission
from disperin.submissions.workflow import Status
from tests.factories import RegencyFactory, UserFactory, a_commitment, a_forum, commitment_values
from tests.registers.days import put_on

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 10)
SETTLED = {"state": "dipenuhi", "report": "Diusulkan.", "settled_on": "2026-02-20"}


@pytest.fixture(autouse=True)
def _a_day_in_march(time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 10, 2, tzinfo=datetime.UTC))


@pytest.fixture
def cast():
    """An officer here, one there, two verifiers and the head."""
    return {
        "officer": UserFactory(),
        "there": UserFactory(regency=RegencyFactory(code="63.06")),
        "verifier": UserFactory(role=Role.VERIFIER),
        "second": UserFactory(role=Role.VERIFIER),
        "head": UserFactory(role=Role.HEAD),
    }


@pytest.fixture
def forum(cast):
    """Two promises here, one late and one kept; there one that is not due yet."""
    made = a_forum(name="Forum 2026")
    a_commitment(forum=made, name="Janji lewat", due_on="2026-02-28")
    a_commitment(forum=made, name="Janji dipenuhi", due_on="2026-02-28", **SETTLED)
    a_commitment(forum=made, name="Janji tetangga", regency="63.06", due_on="2026-03-10")
    return made


def reading(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(user, path):
    answer = reading(user).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def paper_of(user, path):
    answer = reading(user).get(path)
    assert answer["Content-Type"] == "application/pdf", path
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def test_what_is_settled_says_how_and_when_and_support_is_asked_of_somebody():
    whole = {
        "state": "terbuka", "report": "", "settled_on": None, "support_from": "", "support_asked": "",
        "forum_day": datetime.date(2026, 1, 15), "due_on": None, "today": TODAY,
    }  # fmt: skip
    wrong = {
        ("settled_on", "report"): {"state": "dipenuhi"},
        ("report",): {"state": "dibatalkan", "settled_on": TODAY},
        ("settled_on",): {"settled_on": TODAY},
        ("settled_on", "today"): {"state": "dipenuhi", "report": "Ya", "settled_on": datetime.date(2026, 3, 11)},
        ("settled_on", "forum"): {"state": "dipenuhi", "report": "Ya", "settled_on": datetime.date(2026, 1, 14)},
        ("due_on",): {"due_on": datetime.date(2026, 1, 14)},
        ("support_from",): {"support_asked": "Pelatihan"},
        ("support_asked",): {"support_from": "provinsi"},
    }
    found = {}
    for fields, values in wrong.items():
        with pytest.raises(ValidationError) as refused:
            rules.check_commitment(**whole | values)
        found[fields] = set(refused.value.error_dict)
    assert {fields: told for fields, told in found.items() if told != {*fields} - {"today", "forum"}} == {}
    rules.check_commitment(**whole | {"due_on": datetime.date(2026, 1, 15)})
    rules.check_commitment(**whole | {"state": "dipenuhi", "report": "Ya", "settled_on": TODAY})


def test_the_due_day_itself_is_in_time_and_without_one_nothing_is_late():
    due = {"due_on": TODAY, "settled_on": None}
    assert not rules.is_late(**due, on=TODAY)
    assert rules.is_late(**due, on=TODAY + datetime.timedelta(days=1))
    assert not rules.is_late(due_on=None, settled_on=None, on=TODAY)
    assert not rules.is_late(due_on=TODAY, settled_on=TODAY, on=TODAY + datetime.timedelta(days=9))


def test_a_regency_has_one_commitment_under_an_item_and_another_regency_its_own(forum):
    with pytest.raises(ValidationError) as refused:
        a_commitment(forum=forum, item=1)
    assert "item" in refused.value.error_dict
    assert a_commitment(forum=forum, item=1, regency="63.06").pk


def test_the_forum_tells_each_office_its_own_promises_and_the_head_all_with_late_ones_since_when(forum, cast):
    page = f"/forum/{forum.number}/"
    head, officer, there = (text_of(cast[who], page) for who in ("head", "officer", "there"))

    assert "Kabupaten 63.06" in head
    assert "Kabupaten 63.07" in head
    assert "1 dari 3 terlambat, sejak 1 Maret 2026" in head
    assert f"/komitmen/?forum={forum.number}&amp;regency=63.07&amp;late=true" in head
    assert "1 dari 2 terlambat" in officer
    assert "regency=63.06" not in officer
    assert "late=true" not in there
    listed = text_of(cast["officer"], f"/komitmen/?forum={forum.number}")
    assert "Janji lewat" in listed
    assert "Janji tetangga" not in listed


def test_a_past_day_judges_by_itself_what_is_late_in_the_list_on_the_page_and_at_the_forum(forum, cast):
    put_on(datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC))
    late, in_time = Commitment.objects.get(name="Janji lewat"), "as_of=2026-02-28"
    pages = (f"/komitmen/{late.number}/?", f"/komitmen/?forum={forum.number}&", f"/forum/{forum.number}/?")
    for page in pages:
        assert "erlambat" in text_of(cast["officer"], page).split("<main")[1].split("</main")[0], page

    assert "Tidak ada yang terlambat" not in text_of(cast["head"], pages[2])
    for page in pages[:2]:
        assert ">Terlambat<" not in text_of(cast["officer"], page + in_time), page
    assert "sejak 1 Maret 2026" not in text_of(cast["head"], pages[2] + in_time)
    assert "Janji lewat" in text_of(cast["officer"], "/komitmen/?late=true&as_of=2026-03-01")
    assert "Janji lewat" not in text_of(cast["officer"], "/komitmen/?late=true&" + in_time)
    assert "Bawa yang terbuka" not in text_of(cast["verifier"], pages[2] + in_time)


def test_due_and_late_promises_stand_among_the_due_days_of_whom_they_concern(forum, cast):
    a_commitment(forum=forum, name="Tanpa hari")

    def told(who):
        found = due_days.items(cast[who], due_days.Asked(kind="commitment"), TODAY, start=0, stop=9)
        return [(one.name, one.late) for one in found]

    assert told("officer") == [("Janji lewat", 10)]
    assert told("there") == [("Janji tetangga", 0)]
    assert told("head") == [("Janji lewat", 10), ("Janji tetangga", 0)]
    undated = text_of(cast["head"], "/komitmen/?open=true&undated=true")
    assert "Tanpa hari" in undated
    assert "Janji lewat" not in undated
    assert "/komitmen/?open=true&amp;undated=true" in text_of(cast["officer"], "/ringkasan/")


def test_the_minutes_hold_what_was_promised_within_reach_with_a_place_to_sign_for_each_side(forum, cast):
    path = f"/forum/{forum.number}/berita-acara.pdf"
    whole, own = paper_of(cast["head"], path), paper_of(cast["officer"], path)

    assert [one in whole for one in ("Janji lewat", "Janji tetangga", "Kabupaten 63.06", "Barabai")] == [True] * 4
    assert whole.count("Nama dan jabatan") == 3
    assert "Janji tetangga" not in own
    assert "satu kabupaten" in own
    assert own.count("Nama dan jabatan") == 2


def test_what_is_open_is_carried_over_in_one_act_and_stands_at_the_next_forum_once_it_is_verified(forum, cast):
    later = a_forum(name="Forum 2027", day="2027-01-20")
    page = reading(cast["verifier"])

    answer = page.post(f"/forum/{forum.number}/bawa/", {"next_forum": later.number}, follow=True)

    assert "2 komitmen diusulkan" in answer.content.decode()
    waiting = Submission.objects.filter(register="commitments", status=Status.SUBMITTED)
    assert {(one.regency_id, one.batch.regency_id, one.values["next_forum"]) for one in waiting} == {
        ("63.06", "63.06", later.number),
        ("63.07", "63.07", later.number),
    }
    with pytest.raises(NotNow):  # they wait
        actions.carry_over(forum, later, by=cast["verifier"])
    a_commitment(forum=later, name="Janji baru", item=7)
    Commitment.objects.filter(name="Janji lewat").update(next_forum=later)
    at_the_next = text_of(cast["head"], f"/komitmen/?forum={later.number}")
    assert [one in at_the_next for one in ("Janji baru", "Janji lewat", "Janji dipenuhi")] == [True, True, False]
    assert [one.name for one in actions.to_carry_over(later).order_by("pk")] == ["Janji lewat", "Janji baru"]
    assert [one.name for one in actions.to_carry_over(forum)] == ["Janji tetangga"]
    assert "Dibawa dari forum sebelumnya" in paper_of(cast["head"], f"/forum/{later.number}/berita-acara.pdf")


def test_only_the_province_carries_over_and_only_to_a_later_forum(forum, cast):
    earlier, later = a_forum(name="Dulu", day="2025-01-20"), a_forum(name="Nanti", day="2027-01-20")

    for who in ("officer", "head"):
        with pytest.raises(Refused):
            actions.carry_over(forum, later, by=cast[who])
    for to in (earlier, forum):
        with pytest.raises(ValidationError):
            actions.carry_over(forum, to, by=cast["verifier"])
    answer = reading(cast["verifier"]).post(f"/forum/{forum.number}/bawa/", {"next_forum": earlier.number})
    assert answer.status_code == 400
    with pytest.raises(ValidationError) as refused:
        a_commitment(forum=forum, item=9, next_forum=earlier.number)
    assert "next_forum" in refused.value.error_dict


def test_the_last_forum_is_the_newest_that_was_held_and_concerns_the_reader(forum, cast):
    a_forum(name="Belum", day="2026-12-01")
    a_commitment(forum=a_forum(name="Lebih baru", day="2026-03-01"), regency="63.06")

    assert str(last_forum_of(cast["officer"])) == "Forum 2026"
    assert str(last_forum_of(cast["head"])) == "Lebih baru"
    assert reading(cast["officer"]).get("/forum/terakhir/")["Location"] == f"/forum/{forum.number}/"
    nobody = UserFactory(regency=RegencyFactory(code="63.01"))
    assert reading(nobody).get("/forum/terakhir/")["Location"] == "/forum/"


def test_a_promise_that_is_kept_without_evidence_is_remarked_upon(forum):
    bound = CommitmentForm(commitment_values(forum=forum, item=8, **SETTLED))
    assert bound.is_valid(), bound.problems
    assert [path for path, _text in bound.warnings()] == ["evidence"]


def test_whoever_reads_of_a_forum_what_their_regency_promised_alone_is_told_so(forum, cast):
    empty = a_forum(name="Forum kosong")
    a_commitment(forum=empty, name="Janji tetangga", regency="63.06")
    told = {who: [text_of(cast[who], f"/forum/{one.number}/") for one in (forum, empty)] for who in ("officer", "head")}

    only = "Yang dihitung di sini hanya janji untuk kabupaten/kota Anda."
    assert {who: [only in text for text in some] for who, some in told.items()} == {
        "officer": [True, True], "head": [False, False],
    }  # fmt: skip
    assert "Belum ada komitmen kabupaten/kota Anda pada forum ini yang tercatat" in told["officer"][1]
