"""Sample data: only in a demo, in every state, and nobody's real number in it."""

import re

import pytest
from django.core.management import CommandError, call_command

from disperin.accounts.models import Role, User
from disperin.attachments.models import Attachment
from disperin.history.models import Entry
from disperin.maps.boundary import kilometres_outside
from disperin.registers.values.identity import find_nik
from disperin.submissions.models import Submission
from disperin.submissions.workflow import Status, claim_is_live
from industries.models import Establishment, Product
from tests.setup.counted_by_hand import figures_are_what_sql_counts
from zones.models import Milestone, Zone, ZoneIssue

pytestmark = pytest.mark.thorough

MANY = 30


@pytest.fixture
def sample(reference, settings):
    """A small sample."""
    settings.DEMO = True
    call_command("load_sample", "--establishments", str(MANY), verbosity=0)


@pytest.mark.django_db
def test_sample_data_is_refused_outside_a_demo(settings):
    settings.DEMO, settings.DEBUG = False, False

    with pytest.raises(CommandError, match="do not belong into a real installation"):
        call_command("load_sample")

    assert not User.objects.exists()


@pytest.mark.parametrize("number", ["0", "-3", "5001"])
def test_a_number_out_of_bounds_is_named(settings, number):
    settings.DEMO = True

    with pytest.raises(CommandError, match=f"{number}: name a number from 1 to 5000"):
        call_command("load_sample", "--establishments", number)


@pytest.mark.django_db
def test_everything_that_the_sample_shows_is_there_and_belongs_to_nobody(sample, capsys):
    """One load, several questions: it takes seconds."""
    accounts_are_those_of_the_readme()
    every_state_is_there()
    nothing_is_anybodys()
    points_lie_where_they_should()
    industry_services_are_there_apart_and_their_classes_claim_to_be_none()
    projects_are_there_apart_with_their_progress_and_claim_no_regulation()
    pictures_are_public_with_their_records()
    everything_has_its_history()
    figures_are_what_sql_counts()
    a_second_run_finds_the_data_and_leaves_it(capsys)


def accounts_are_those_of_the_readme():
    officers = User.objects.filter(role=Role.OFFICER)
    assert officers.count() == 13
    assert all(one.username == f"petugas.{one.regency.plain_code}" for one in officers)
    others = set(User.objects.exclude(role=Role.OFFICER).values_list("username", "role"))
    assert others == {
        ("verifikator1", Role.VERIFIER),
        ("verifikator2", Role.VERIFIER),
        ("kadis", Role.HEAD),
        ("admin", Role.ADMINISTRATOR),
    }
    assert User.objects.get(username="petugas.6307").check_password("banua-demo")


def every_state_is_there():
    proposals = Submission.objects.filter(direct=False)
    assert set(proposals.values_list("status", flat=True)) == set(Status.values)
    assert any(claim_is_live(one) for one in proposals)
    assert all(one.reasons for one in proposals.filter(status=Status.RETURNED))
    assert proposals.filter(round=2, status=Status.SUBMITTED).exists()
    assert proposals.filter(proposed_by__role=Role.VERIFIER).exists()
    assert Establishment.objects.filter(closed_on=None).count() > MANY * 0.9
    assert set(Establishment.objects.values_list("industry_scale", flat=True)) >= {"kecil", "belum"}


def nothing_is_anybodys():
    for establishment in Establishment.objects.all():
        texts = [str(getattr(establishment, field.attname)) for field in Establishment._meta.concrete_fields]
        assert not any(find_nik(text) for text in texts)
        assert re.fullmatch(r"|\+628120000\d{4}", establishment.phone)
        assert establishment.email in ("", establishment.email.split("@")[0] + "@example.com")
        assert re.fullmatch(r"|9999\d{9}", establishment.nib)
        assert re.fullmatch(r"|0{9}\d{6}", establishment.npwp)
        assert "Contoh" in establishment.owner_name or not establishment.owner_name
    assert not Product.objects.exclude(hs_code="").exists()  # no tariff code is invented
    assert not User.objects.exclude(email__endswith="@example.com").exists()


def points_lie_where_they_should():
    for one in Establishment.objects.exclude(latitude=None):
        assert kilometres_outside(one.regency_id, one.latitude, one.longitude) < 1


def industry_services_are_there_apart_and_their_classes_claim_to_be_none():
    services = Establishment.objects.apart().shown().select_related("kbli")
    assert {one.kbli.code for one in services} == {"00001", "00002", "00003"}
    assert all("Contoh" in one.kbli.title_id and "bukan KBLI" in one.kbli.source for one in services)


def projects_are_there_apart_with_their_progress_and_claim_no_regulation():
    projects = Zone.objects.apart().shown()
    assert len(projects) == 2
    for one in projects:
        assert one.name.startswith("Contoh ")
        assert "bukan peraturan" in one.project_basis
        assert one.stage_source == "Data contoh"
        assert "tidak ada di lapangan" in one.summary_id
    planned = Milestone.objects.current().filter(zone__in=projects)
    assert sum(one.weight for one in planned) == 200
    assert ZoneIssue.objects.current().filter(zone__in=projects).count() == 1


def pictures_are_public_with_their_records():
    shown = Establishment.objects.current().exclude(photo=None).select_related("photo")
    assert shown
    assert all(one.photo.published_at for one in shown)
    assert not Attachment.objects.filter(kind="document").exclude(published_at=None).exists()


def everything_has_its_history():
    numbers = set(Entry.objects.filter(verb="publish").values_list("target_id", flat=True))
    assert len(numbers) >= MANY


def a_second_run_finds_the_data_and_leaves_it(capsys):
    before = Submission.objects.count()

    call_command("load_sample", "--establishments", str(2 * MANY))

    assert "nothing was loaded" in capsys.readouterr().out
    assert Submission.objects.count() == before
