"""Words of another record by which a record is found follow what that one is called, on every day that is read."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from disperin.duplicates import actions as duplicates
from disperin.registers.models import KnownWord
from disperin.registers.record import directory
from disperin.registers.record.models import Record
from disperin.registers.record.withholding import names_of
from disperin.submissions import actions
from disperin.submissions.actions import gathering
from tests.factories import VALUES, a_cluster, a_milestone, a_zone, an_administrator, an_establishment
from tests.registers.days import put_back
from tests.submissions.hiding import fresh, hide, holding, text_of
from tests.submissions.test_consequences import verified

pytestmark = pytest.mark.thorough

NAME = "Usaha Anggota"
YESTERDAY = f"{timezone.localdate() - datetime.timedelta(days=1):%Y-%m-%d}"


def found_by(word, day=""):
    """The public answers that find the maker by a word: list, API, file, the one search, and on a past day."""
    file = reverse("downloads:list", kwargs={"slug": "establishments", "kind": "csv"})
    asked = ["/industri/?q=", "/api/v1/establishments/?q=", f"{file}?q=", "/cari/?q="]
    asked = [f"{one}{word}&as_of={day}" for one in asked[:3]] if day else [f"{one}{word}" for one in asked]
    return holding({one: text_of(Client().get(one)) for one in asked}, NAME)


def changed(slug, record, **values):
    return actions.publish(directory.get(slug), values, by=an_administrator(), record=fresh(record))


def test_each_register_says_whose_words_it_is_found_by(db):
    wrong = {}
    for register in directory.all_registers():
        model = register.model
        if not hasattr(model, "search_text"):
            continue
        for name, field in names_of(model).items():
            if not issubclass(field.related_model, Record):
                continue
            named = VALUES[directory.of(field.related_model).slug](name="Zzqx Anggrek")
            other = actions.publish(directory.of(field.related_model), named, by=an_administrator())
            given = {name: getattr(other, register.form.base_fields[name].to_field_name or "pk")}
            record = changed(
                register.slug, actions.publish(register, VALUES[register.slug](), by=an_administrator()), **given
            )
            if ("zzqx" in record.search_text) != (name in model.words_of):
                wrong[register.slug] = name
    assert wrong == {}


def test_a_maker_is_found_by_no_name_of_its_cluster_that_is_hidden(administrator):
    cluster = a_cluster(name="Sentra Kecubung")
    an_establishment(name=NAME, cluster=cluster.number, products=[{"name": "Kain"}])
    put_back(3)
    assert len(found_by("kecubung")) == 4
    assert len(found_by("kecubung", YESTERDAY)) == 3

    for path in ("name", ""):
        made = hide(fresh(cluster), path, by=administrator, slug="clusters")
        assert found_by("kecubung") + found_by("kecubung", YESTERDAY) == [], path
        assert len(found_by("kain")) == 4
        actions.lift(made, reason="Sudah.", by=administrator)
        assert len(found_by("kecubung")) == 4, path
        assert len(found_by("kecubung", YESTERDAY)) == 3, path


def test_the_many_makers_of_a_cluster_gather_their_words_some_at_a_time(administrator, monkeypatch):
    cluster = a_cluster(name="Sentra Kecubung")
    makers = [an_establishment(name=f"{NAME} {at}", cluster=cluster.number) for at in range(3)]
    sizes, chunk = [], gathering.Chunk
    monkeypatch.setattr(gathering, "_AT_ONCE", 2)
    monkeypatch.setattr(gathering, "Chunk", lambda form, some: sizes.append(len(some)) or chunk(form, some))

    hide(cluster, "name", by=administrator, slug="clusters")

    assert ["kecubung" in fresh(one).search_text for one in makers] == [False] * 3
    assert max(sizes) == 2


def test_a_name_that_was_hidden_and_replaced_is_not_found_on_any_day(administrator, officer, verifier):
    cluster = a_cluster(name="Sentra Kecubung")
    an_establishment(name=NAME, cluster=cluster.number)
    put_back(3)
    hide(cluster, "name", by=administrator, slug="clusters")
    verified(
        actions.draft(directory.get("clusters"), {"name": "Sentra Melati"}, by=officer, record=cluster), by=verifier
    )

    assert len(found_by("melati")) == 4
    assert found_by("kecubung") + found_by("kecubung", YESTERDAY) == []


def test_a_maker_is_found_by_the_new_name_of_its_cluster_and_on_past_days_by_the_old_one(db):
    cluster = a_cluster(name="Sentra Kecubung")
    maker = an_establishment(name=NAME, cluster=cluster.number)
    milestone = a_milestone(zone=(zone := a_zone(name="Kawasan Kecubung")))
    put_back(3)
    version, updated = maker.version, fresh(maker).updated_at

    changed("clusters", cluster, name="Sentra Melati")
    changed("zones", zone, name="Kawasan Melati")

    assert (len(found_by("melati")), found_by("kecubung")) == (4, [])
    assert (len(found_by("kecubung", YESTERDAY)), found_by("melati", YESTERDAY)) == (3, [])
    assert (fresh(maker).version, fresh(maker).updated_at) == (version, updated)
    assert KnownWord.objects.filter(register="establishments", word="melati").exists()
    assert "kawasan melati" in fresh(milestone).search_text


def test_a_maker_follows_its_cluster_that_was_merged_even_where_it_would_not_pass_today(verifier):
    keep, drop = a_cluster(name="Sentra Melati"), a_cluster(name="Sentra Kecubung")
    maker = an_establishment(name=NAME, cluster=drop.number)
    type(maker).objects.filter(pk=maker.pk).update(founded_year=1)

    made = duplicates.merge(directory.get("clusters"), keep, drop, by=verifier)
    assert (len(found_by("melati")), found_by("kecubung")) == (4, [])

    duplicates.unmerge(made, by=verifier)
    assert (len(found_by("kecubung")), found_by("melati")) == (4, [])
