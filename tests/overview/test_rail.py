"""The rail: on every signed-in page, in groups by task, with counts where something waits."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disperin.overview.rail import RAIL
from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import (
    a_halal_certificate,
    a_milestone,
    a_partnership,
    an_award,
    an_establishment,
    establishment_values,
)

PUBLIC = (
    "/industri/", "/sentra/", "/ovop/", "/halal/cek/", "/halal/angka/", "/industri-hijau/", "/industri-hijau/angka/",
    "/hilirisasi/", "/ovop/statistik/", "/kawasan/", "/kawasan/banding/", "/kawasan/portofolio/", "/tonggak/",
    "/kemitraan/", "/data-terbuka/", "/lapor/", "/lacak/", "/tidak-ada/",
)  # fmt: skip


def groups_on(page):
    """`{title: (is it open, [entries])}` of the wide rail; empty where there is none."""
    wide = page.text.partition('<div class="rail-wide">')[2].partition('<details class="rail-narrow">')[0]
    found = re.findall(r'<details class="rail-group"( open)?>(.*?)</details>', wide, re.DOTALL)
    words = re.compile(r"<span>([^<]+)</span>")
    told = [(bool(is_open), words.findall(text)) for is_open, text in found]
    return {title: (is_open, entries) for is_open, (title, *entries) in told}


def current_on(page):
    wide = page.text.partition('<div class="rail-wide">')[2].partition('<details class="rail-narrow">')[0]
    return re.findall(r'href="([^"]+)" aria-current="page"', wide)


@pytest.mark.thorough
@pytest.mark.django_db
def test_pages_of_registers_keep_the_rail_for_people_and_show_none_to_visitors(officer, signed_in, client):
    records = [an_establishment(), a_halal_certificate(), an_award(), a_milestone(), a_partnership()]
    details = [reverse(f"{one._meta.app_label}:{one._meta.model_name}-detail", args=[one.number]) for one in records]
    inside = signed_in(officer)

    told = {path: (list(groups_on(inside.get(path))), groups_on(client.get(path))) for path in (*PUBLIC, *details)}

    titles = ["Pekerjaan saya", "Periksa", "Data", "Laporan", "Kantor"]
    assert {path: found for path, found in told.items() if found != (titles, {})} == {}


def test_the_first_group_is_open_and_that_of_the_page(officer, signed_in):
    client = signed_in(officer)

    assert [group[0] for group in groups_on(client.get("/usulan/")).values()] == [True, False, False, False, False]
    assert [group[0] for group in groups_on(client.get("/industri/")).values()] == [True, False, True, False, False]


def test_one_entry_is_the_page_that_is_open_the_nearest_one(officer, signed_in):
    client = signed_in(officer)
    expected = {
        "/usulan/": "/usulan/", "/usulan/baru/": "/usulan/", "/usulan/kembar/": "/usulan/kembar/",
        "/usulan/impor/": "/usulan/impor/", "/halal/": "/halal/", "/halal/cek/": "/halal/cek/",
        "/industri/kbli/": "/industri/kbli/", "/kawasan/portofolio/": "/kawasan/portofolio/",
        "/en/ovop/kesiapan/": "/en/ovop/kesiapan/",
    }  # fmt: skip

    assert {path: current_on(client.get(path)) for path in expected} == {path: [url] for path, url in expected.items()}


def test_each_role_finds_what_it_may_use(officer, head, administrator, signed_in):
    def views_for(user):
        return {place.view for _label, places in RAIL for place in places if place.is_for(user)}

    assert "workbooks:index" in views_for(officer) - views_for(head)
    assert views_for(administrator) - views_for(officer) == {"admin:index", "head:page"}
    led = [(view, signed_in(head).get(reverse(view), follow=True).status_code) for view in views_for(head)]
    assert [view for view, code in led if code != 200] == []


def test_counts_stand_where_something_waits_in_one_query(officer, verifier, signed_in):
    client = signed_in(verifier)
    client.get("/akun/")  # what is read once by each worker
    asked = []
    for at in range(3):
        submission = actions.draft(directory.get("establishments"), establishment_values(name=f"U{at}"), by=officer)
        actions.submit(submission, by=officer, acknowledged=True)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get("/akun/")
        asked.append(len(queries))
        assert page.text.count(f'<span class="badge-count">{at + 1}</span>') == 5  # two rails, group and entry, summary

    assert len(set(asked)) == 1
