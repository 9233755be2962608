"""How ready clusters are: judged by dated rows of the office alone, from members, products, stars and coaching."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import Coaching
from ovop.forms import ClusterStandardForm
from ovop.models import ClusterGate, ClusterWeight, readiness_of_cluster
from tests.factories import a_cluster, an_administrator, an_award, an_establishment
from tests.registers.days import put_back, put_on

pytestmark = pytest.mark.django_db
TODAY = datetime.date.today()
COACHED = [
    {"year": 2025, "kind": "sarana", "what": "Rumah produksi", "funds": "dak_fisik", "value": 350_000_000},
    {"year": 2100, "kind": "sarana", "what": "Salah tahun"},
]


@pytest.fixture(scope="module")
def cluster(once):
    def make():
        made = a_cluster(name="Sentra Purun", coaching=COACHED[:1], decree_number="188/1", decree_on="2025-01-02")
        first = an_establishment(name="Satu", cluster=made.number, nib="9120304857261", products=[{"name": "Tikar"}])
        an_establishment(name="Dua", cluster=made.number, products=[{"name": "Tas"}, {"name": "Topi"}])
        an_award(establishment=first, name="Tikar", decree_on="2025-05-05")
        return made

    return once(make)


def test_every_fact_is_what_the_registers_say_and_only_rows_in_force_count(cluster):
    expected = {
        "sk": 1, "anggota": 2, "anggota_ber_nib": 1, "produk": 3, "produk_berbintang": 1, "pengelolaan": 0, "sarana": 1,
        "kegiatan": 0,
    }  # fmt: skip
    without = readiness_of_cluster(cluster, TODAY)
    for fact in expected:
        ClusterWeight.objects.create(key=f"w_{fact}", fact=fact, least=1, weight=10)
    ClusterWeight.objects.create(key="lama", fact="sk", least=1, weight=999, valid_to=datetime.date(2020, 1, 1))

    found = readiness_of_cluster(cluster, TODAY)

    assert (without.score, without.gates, without.weights) == (None, (), ())
    assert {one.fact: one.has for one in found.weights} == expected
    assert found.score == 75
    assert found.passes
    ClusterGate.objects.create(key="pintu", fact="anggota", least=5)
    assert not readiness_of_cluster(cluster, TODAY).passes


def test_each_cluster_stands_in_the_list_and_inside_alone(cluster, signed_in, officer, officer_there, client):
    ClusterGate.objects.create(key="pintu", fact="anggota", least=5)
    path = reverse("industries:cluster-detail", args=[cluster.number])
    listed, page = (signed_in(officer).get(one).content.decode() for one in ("/ovop/kesiapan/sentra/", path))

    assert "Daftarkan IKM anggotanya: sudah ada 2 dari sedikitnya 5." in listed
    assert "Daftarkan IKM anggotanya" in page
    assert "bukan ketentuan" in page
    assert "Rumah produksi" in page
    for answer in (client.get(path), signed_in(officer_there).get(path)):
        assert "Rumah produksi" not in answer.content.decode()
        assert "Daftarkan IKM anggotanya" not in answer.content.decode()
    assert "Sentra Purun" not in signed_in(officer_there).get("/ovop/kesiapan/sentra/").content.decode()


def test_the_page_of_a_past_day_judges_by_the_rows_of_that_day(cluster, signed_in, officer):
    put_on(timezone.now())
    put_back(10)
    ClusterGate.objects.create(key="pintu", fact="anggota", least=5)
    ClusterGate.objects.create(key="lama", fact="anggota", least=2, valid_to=TODAY - datetime.timedelta(days=3))
    path, day = f"/sentra/{cluster.number}/", TODAY - datetime.timedelta(days=3)

    pieces = dict(signed_in(officer).get(path, {"as_of": day.isoformat()}).context["added_inside"])
    then = pieces["ovop/_cluster_readiness.html"]

    assert (then["on"], len(then["gates"])) == (day, 2)


def test_a_row_is_shown_before_it_is_stored_with_what_it_would_move(cluster):
    given = {"key": "baru", "fact": "anggota", "least": 5, "position": 0}

    class GateForm(ClusterStandardForm):
        class Meta:
            model = ClusterGate
            fields = ["key", "fact", "least", "source", "position", "valid_from", "valid_to"]

    form = GateForm(given)

    assert not form.is_valid()
    assert [number for _label, number in form.preview.lines] == [0, 1, 0, 0, 1]
    with pytest.raises(ValidationError, match="least"):
        ClusterGate(key="sk", fact="sk", least=2).full_clean()


def test_coaching_is_proposed_with_its_cluster(cluster):
    register = directory.get("clusters")
    with pytest.raises(ValidationError):
        actions.publish(register, {"coaching": COACHED[1:]}, record=cluster, by=an_administrator())

    assert [str(one) for one in Coaching.open_of(cluster)] == ["Rumah produksi (2025)"]
