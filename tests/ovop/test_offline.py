"""A check without a connection knows what the portal knew on its day, and the browser keeps that and nothing else."""

import json
import re

import pytest
from django.test import Client

from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from ovop import actions
from tests.factories import an_administrator, an_award

pytestmark = pytest.mark.django_db


def read(path):
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer


def said(label):
    return f"{label.award.number}|{label.stars}|{label.scheme}|{label.issued_on.isoformat()}"


def test_the_state_of_the_day_names_every_label_that_does_not_stand_and_no_other(time_machine):
    time_machine.move_to("2026-11-29T09:00:00+08:00", tick=False)
    admin, register = an_administrator(), directory.get("awards")
    labels = {}
    for name in ("berlaku", "dicabut", "disembunyikan"):
        labels[name] = actions.print_label(an_award(name=name), form="a7", by=admin)
    values = {"state": "dicabut", "state_on": "2026-11-28", "state_reason": "Mutu turun"}
    submissions.publish(register, values, by=admin, record=labels["dicabut"].award)
    submissions.hide(register, labels["disembunyikan"].award, "", reason="Diminta.", by=admin)

    state = read("/v/keadaan.json").json()

    assert state["as_of"] == "2026-11-29"
    assert state["labels"] == {said(labels["dicabut"]): "revoked", said(labels["disembunyikan"]): "withheld"}
    assert state["earlier_schemes"] == ["lama_1_5"]
    for name, label in labels.items():  # the page with a connection says the same
        shown = Client().get(f"/v/{label.token}/").context["verdict"]
        assert shown == state["labels"].get(said(label), "valid"), name


def test_the_worker_keeps_the_page_and_its_data_alone_below_the_check():
    for language in ("", "/en"):
        answer = read(f"{language}/v/pekerja.js")
        kept = json.loads(re.search(r"KEPT = (\{.*\});", answer.content.decode())[1])

        assert answer["Content-Type"].startswith("text/javascript")
        assert "Service-Worker-Allowed" not in answer  # its scope stays the folder that it lies in
        assert kept["page"] == f"{language}/v/luring/"
        pages = [one for one in kept["files"] if not one.startswith("/static/")]
        assert pages == [f"{language}/v/luring/", f"{language}/v/keadaan.json", "/.well-known/ovop-keys.json"]
        for path in kept["data"]:
            assert "Set-Cookie" not in read(path)
    assert "worker-src 'self'" in read("/")["Content-Security-Policy"]


def test_the_page_for_checks_without_a_connection_is_the_same_for_whoever_is_signed_in(signed_in, officer):
    own = signed_in(officer).get("/v/luring/").content.decode()

    assert own == read("/v/luring/").content.decode()
    assert officer.full_name not in own


def test_the_portal_can_be_put_among_the_programs_of_a_device():
    for language, start in (("", "/"), ("/en", "/en/")):
        told = read(f"{language}/manifest.webmanifest").json()
        assert (told["start_url"], told["scope"]) == (start, start)
        for icon in told["icons"]:
            answer = read(icon["src"])
            assert (answer["Content-Type"], answer.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
        assert f'<link rel="manifest" href="{language}/manifest.webmanifest">' in read(start).content.decode()
    assert Client().get("/ikon-20000.png").status_code == 404
