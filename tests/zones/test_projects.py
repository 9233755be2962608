"""National strategic projects that are no zone: records of the register of zones, in none of its lists or sums."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from rest_framework.test import APIClient

from disperin.head.late import standing
from disperin.head.moved import movement
from disperin.registers.models import FacetCount
from disperin.registers.record import directory, rollup
from disperin.submissions import actions
from tests.factories import a_milestone, a_project, a_zone, an_administrator, an_issue, zone_values
from zones.models import Zone
from zones.rules import KINDS_OF_ZONES, ZoneKind

PLAN = {"weight": 100, "planned_start": "2026-01-01", "planned_finish": "2026-09-30"}
PLACE = {"latitude": -2.58, "longitude": 115.38}
DONE = {"percent": 40, "progress_on": "2026-06-30", "actual_start": "2026-01-01"}
PLOT = {"code": "A-1", "hectares": 4.92, "state": "tersedia"}
AREA = {"basis": "masterplan", "hectares": 5, "source": "Koran A"}


def zone_of_each_kind():
    return [a_zone(name=f"Kawasan {kind.upper()}", kind=kind, **PLACE) for kind, _label in KINDS_OF_ZONES]


@pytest.fixture(scope="module")
def world(once):
    """One zone of each kind, and a project with a milestone that is late and an issue."""
    return once(_world)


def _world():
    zones, project = zone_of_each_kind(), a_project(summary_id="Bendungan di Melati.", stage_source="Koran B", **PLACE)
    a_milestone(zone=project, name="Tubuh bendungan", responsible="Dinas Rahasia", **PLAN | DONE)
    an_issue(zone=project, light="merah", description="Ganti rugi belum selesai")
    return SimpleNamespace(zones=zones, project=project)


def body_of(path, client=None, status=200):
    answer = (client or Client()).get(path)
    assert answer.status_code == status, path
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def words_of(html):
    return " ".join(strip_tags(re.sub(r"<(script|style|svg).*?</\1>", "", html, flags=re.S)).split())


# Every reader of the zones. A new one belongs here.
PUBLIC = (
    "/kawasan/", "/kawasan/?q=melati", "/kawasan/?regency=63.07", "/kawasan/?tampilan=peta", "/kawasan/peta.json",
    "/kawasan/peta.svg", "/kawasan/banding/", "/kawasan/portofolio/", "/", "/daerah/6307/", "/statistik/",
    "/statistik/zones/kind/", "/statistik/zones/stage/", "/statistik/zones/regency/", "/sitemap-zones-1.xml",
    "/sematkan/zones/", "/unduh/zones.csv", "/unduh/zones.geojson", "/data-terbuka/", "/api/v1/zones/",
    "/api/v1/plots/", "/api/v1/figures/zones.kind/", "/api/v1/figures/zones.regency/",
)  # fmt: skip
OF_THE_OFFICE = (
    "/data/", "/data/zones/", "/data/zones/?column=kind", "/data/zones/?lack=manager", "/data/zones/?closed=1",
    "/data/zones/belum-ada/", "/kawasan/portofolio/", "/kawasan/portofolio/?behind=true",
)  # fmt: skip


@pytest.mark.django_db
def test_a_project_changes_nothing_in_what_is_said_of_zones(verifier, signed_in, time_machine):
    """Each reader says the same with the project as it said without, and names the zones of every kind."""
    time_machine.move_to(timezone.now(), tick=False)  # files say the minute in which they were made
    zone_of_each_kind()
    said = [(path, None) for path in PUBLIC] + [(path, signed_in(verifier)) for path in OF_THE_OFFICE]
    before = {path: words_of(body_of(path, client)) for path, client in said}

    a_project(**PLACE)

    after = {path: words_of(body_of(path, client)) for path, client in said}
    assert {path: told for path, told in after.items() if told != before[path]} == {}


@pytest.mark.django_db
def test_no_reader_of_zones_names_a_project(world, verifier, signed_in):
    inside = signed_in(verifier)
    told = {path: body_of(path) for path in PUBLIC} | {path: body_of(path, inside) for path in OF_THE_OFFICE}

    assert [path for path, text in told.items() if re.search("bendungan", text, re.IGNORECASE)] == []
    lists = ("/kawasan/", "/kawasan/peta.json", "/kawasan/banding/", "/unduh/zones.csv", "/data/zones/")
    missing = {path: zone.name for path in lists for zone in world.zones if zone.name not in told[path]}
    assert missing == {}


@pytest.mark.django_db
def test_the_kept_counts_know_zones_alone_and_recounting_agrees(world):
    kept = rollup.counts_of("zones")

    assert kept["all"][""] == len(world.zones) == Zone.objects.current().count()
    assert kept["kind"] == dict.fromkeys((kind for kind, _label in KINDS_OF_ZONES), 1)
    rollup.recount("zones", Zone)
    assert rollup.counts_of("zones") == kept


@pytest.mark.django_db
def test_what_becomes_a_project_leaves_the_zones_and_comes_back(world):
    zone, register = world.zones[0], directory.get("zones")
    kinds = [{"kind": "proyek", "project_basis": "Perpres 1/2016"}, {"kind": "ki"}]

    counts = []
    for values in kinds:
        actions.publish(register, values, by=an_administrator(), record=Zone.objects.get(pk=zone.pk))
        counts.append((rollup.counts_of("zones")["all"][""], Client().get(f"/kawasan/{zone.slug}/").status_code))

    assert counts == [(len(world.zones) - 1, 302), (len(world.zones), 200)]
    assert FacetCount.objects.filter(register="zones", value="proyek", number__gt=0).count() == 0


@pytest.mark.django_db
def test_the_search_tells_projects_and_zones_apart(world, verifier, signed_in):
    client = APIClient()

    def found(text):
        return {(one["kind"], one["title"]) for one in client.get("/api/v1/search/", {"q": text}).json()["results"]}

    assert found("bendungan melati") == {("projects", "Bendungan Melati")}
    assert found(world.project.number) == {("projects", "Bendungan Melati")}
    assert "/psn/bendungan-melati/" in body_of("/cari/?q=bendungan") + body_of("/cari/?q=melati")
    inside = signed_in(verifier).get("/cari/?q=kawasan")
    assert "Bendungan" not in inside.text


@pytest.mark.django_db
def test_what_moved_counts_zones_alone_and_its_number_opens_just_these(world, head, signed_in):
    today = timezone.localdate()

    zones = next(one for one in movement(head, today, standing(head, today)).moved if one.url == "/kawasan/")

    assert (zones.change, zones.now) == (len(world.zones), len(world.zones))
    assert [
        signed_in(head).get(part.url).context["total"] for part in zones.parts
    ] == [len(world.zones)]  # fmt: skip
    assert "Bendungan" not in {one.name for one in zones.records}


@pytest.mark.django_db
def test_sums_of_the_portfolio_leave_projects_out_and_open_lists_that_do(world, head, signed_in):
    page = signed_in(head).get("/kawasan/portofolio/")

    assert [number for number, *_rest in page.context["tiles"]] == [0, 0, 0, 0]
    lists = [url for _number, _label, url, *_rest in page.context["tiles"] if url.startswith("/")]
    assert {url: "project=false" in url for url in lists} == dict.fromkeys(lists, True)
    assert "Bendungan" not in signed_in(head).get("/isu/?project=false").text
    assert "Ganti rugi" in signed_in(head).get("/isu/?project=true").text
    assert "Tubuh bendungan" in body_of("/tonggak/?project=true")
    assert "Tubuh bendungan" not in body_of("/tonggak/?project=false")


@pytest.mark.django_db
def test_the_list_of_projects_holds_them_alone_with_stage_and_progress(world):
    page, english = body_of("/psn/"), body_of("/en/psn/")

    assert "Bendungan Melati" in page
    assert [zone.name for zone in world.zones if zone.name in page] == []
    assert "40,00%" in words_of(page)
    assert "National strategic projects" in english
    assert "1 project" in words_of(english)
    assert "Bendungan Melati" in body_of("/psn/peta.json")
    assert "/psn/bendungan-melati/" in body_of("/psn/peta.json")
    assert "Bendungan" not in words_of(body_of("/psn/?q=kawasan"))


@pytest.mark.django_db
def test_the_list_takes_as_many_queries_for_three_projects_as_for_one(world):
    def queries():
        with CaptureQueriesContext(connection) as found:
            body_of("/psn/")
        return len(found)

    one = queries()
    for name in ("Jembatan Melati", "Smelter Melati"):
        a_milestone(zone=a_project(name=name), **PLAN | DONE)

    assert queries() == one


@pytest.mark.django_db
def test_the_page_of_a_project_says_stage_basis_source_and_progress_and_its_issues_inside_alone(
    world, officer, signed_in
):
    page = body_of("/psn/bendungan-melati/")
    inside = body_of("/psn/bendungan-melati/", signed_in(officer))

    for said in ("Perpres 1/2016", "Koran B", "Bendungan di Melati.", "40%", world.project.number):
        assert said in page, said
    assert ("Ganti rugi" in page, "Dinas Rahasia" in page, "/sematkan/" in page) == (False, False, False)
    assert "Ganti rugi belum selesai" in inside
    assert "Tubuh bendungan" in body_of("/psn/bendungan-melati/kemajuan/")
    assert "/psn/" in body_of(f"/tonggak/{world.project.milestones.get().number}/")


@pytest.mark.django_db
def test_addresses_of_zones_lead_to_the_project_or_know_nothing_of_it(world):
    client, number, slug = Client(), world.project.number, world.project.slug

    assert client.get(f"/kawasan/{slug}/")["Location"] == f"/psn/{slug}/"
    assert client.get(f"/psn/{number}/")["Location"] == f"/psn/{slug}/"
    assert client.get(f"/kawasan/{number}/", follow=True).redirect_chain[-1][0] == f"/psn/{slug}/"
    pages = ("kemajuan/", "petak.json", "petak.svg", "profil.pdf")
    assert {page: client.get(f"/kawasan/{slug}/{page}").status_code for page in pages} == dict.fromkeys(pages, 404)
    assert client.get(f"/psn/{world.zones[0].slug}/").status_code == 404
    assert client.get("/kawasan/?kind=proyek").status_code == 200
    assert client.get("/api/v1/zones/?kind=proyek").status_code == 400


@pytest.mark.django_db
def test_a_closed_project_leaves_the_list_and_keeps_its_page(world):
    closed = {"closed_on": str(timezone.localdate()), "closed_reason": "ended"}
    actions.publish(directory.get("zones"), closed, by=an_administrator(), record=world.project, kind="close")

    assert "Bendungan" not in body_of("/psn/") + body_of("/psn/peta.json") + body_of("/api/v1/projects/")
    assert Client().get(f"/psn/{world.project.slug}/").status_code == 200


@pytest.mark.django_db
def test_a_hidden_project_leaves_the_list(world, officer, signed_in):
    actions.hide(directory.get("zones"), world.project, "", reason="Diminta.", by=an_administrator())

    assert "Bendungan" not in body_of("/psn/") + body_of("/psn/peta.json") + body_of("/api/v1/projects/")
    assert Client().get(f"/psn/{world.project.slug}/").status_code == 404
    assert signed_in(officer).get(f"/psn/{world.project.slug}/").status_code == 200


@pytest.mark.django_db
def test_programs_read_projects_as_a_list_and_one_by_one(world):
    client = APIClient()

    rows = client.get("/api/v1/projects/").json()["results"]
    one = client.get(f"/api/v1/projects/{world.project.number}/").json()

    assert [(row["name"], row["project_basis"], row["stage"]) for row in rows] == [
        ("Bendungan Melati", "Perpres 1/2016", "konstruksi")
    ]
    assert (one["summary_id"], "inside" in one) == ("Bendungan di Melati.", False)
    assert {row["url"] for row in (*rows, one)} == {f"http://testserver/api/v1/projects/{world.project.number}/"}
    assert client.get(f"/api/v1/projects/{world.zones[0].number}/").status_code == 404
    assert client.get("/api/v1/projects/?regency=63.01").status_code in (200, 400)


@pytest.mark.django_db
def test_a_project_is_a_national_one_by_a_regulation_and_has_milestones_and_issues_alone():
    base = {"kind": "proyek", "project_basis": "Perpres 1/2016"}
    wrong = {
        "no basis": ({"project_basis": ""}, {"project_basis": "basis_missing"}),
        "none": ({"project_stage": "bukan_psn"}, {"project_stage": "no_project"}),
        "plots": ({"plots": [PLOT]}, {"kind": "parts_of_a_project"}),
        "areas": ({"areas": [AREA]}, {"kind": "parts_of_a_project"}),
    }

    found = {}
    for name, (values, _codes) in wrong.items():
        with pytest.raises(ValidationError) as told:
            a_project(**base | values)
        found[name] = {path: errors[0].code for path, errors in told.value.error_dict.items()}

    assert found == {name: codes for name, (_values, codes) in wrong.items()}
    assert a_project(**base).stands_apart


@pytest.mark.django_db
def test_a_proposal_of_a_project_is_never_called_one_of_a_zone(world, officer, verifier, signed_in):
    register, client = directory.get("zones"), signed_in(verifier)
    plain = {"kind": "proyek", "stage": "konstruksi", "project_basis": "Perpres 1/2016"}
    new = actions.draft(register, zone_values(name="Bendungan Kenanga", **plain), by=officer)
    closing = {"closed_on": str(timezone.localdate()), "closed_reason": "ended"}
    close = actions.draft(register, closing, by=officer, record=world.project, kind="close")
    told = [actions.submit(one, by=officer, acknowledged=True) for one in (new, close)]
    addresses = ["/usulan/", "/cari/?q=bendungan", *(f"/usulan/{one.number}/" for one in told)]
    for one in told:
        addresses.append(client.post(f"/usulan/{one.number}/ambil/")["Location"])
    addresses.append(f"/usulan/data/zones/{world.project.number}/riwayat/")

    for address in addresses:
        answer = client.get(address, follow=True)
        page = re.sub(r"<(nav|aside|footer)\b.*?</\1>", "", answer.content.decode(), flags=re.S)
        assert "royek strategis nasional" in words_of(page), address
        assert "Kawasan industri, " not in page, address
        assert "Kawasan industri ·" not in page, address


@pytest.mark.django_db
def test_the_form_asks_of_a_project_nothing_that_zones_alone_have(officer, signed_in):
    """What is asked only of zones says so; what follows from their kind, the page leaves out."""
    register, client = directory.get("zones"), signed_in(officer)

    asked = {}
    for kind in ("proyek", "ki"):
        draft = actions.draft(register, {"kind": kind, "regency": "63.07"}, by=officer)
        page = client.get(f"/usulan/{draft.number}/ubah/").context["page"]
        asked[kind] = (
            {one.part for one in page.parts if one.is_asked},
            {
                box.bound.name
                for section in page.sections
                for box in section.boxes
                if box.asked_if and not box.asked_if.holds(page.values)
            },
        )

    of_zones = {
        "accreditation", "commodities", "focus_industries", "focus_industries_en", "plots_as_of", "plots_source",
        "tenants_as_of", "tenants_source",
    }  # fmt: skip
    assert asked == {"proyek": (set(), of_zones), "ki": ({*register.form.parts}, set())}


def test_every_kind_but_the_project_is_a_kind_of_zone():
    assert {kind for kind, _label in KINDS_OF_ZONES} == {*ZoneKind.values} - {"proyek"}
