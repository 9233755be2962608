"""Migrations of a portal that runs: what they add to rows and versions that are there already is true of each."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import RunSQL
from django_tasks_db.models import DBTaskResult

from disperin.registers.models import Origin
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Batch
from industries.models import Establishment
from tests.factories import establishment_values

pytestmark = pytest.mark.thorough


def run_again(app, name, column, default):
    """Do what a migration does to rows whose new column has only its default."""
    rows, versions = "industries_establishment", "industries_establishmentevent"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in (rows, versions):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET {column} = %s", [default])  # noqa: S608 -- our own names
        cursor.execute(f"ALTER TABLE {versions} ENABLE TRIGGER USER")  # those of rows the migration takes away
        for operation in import_module(f"{app}.migrations.{name}").Migration.operations:
            if isinstance(operation, RunSQL):
                cursor.execute(operation.sql)
        cursor.execute(f"ALTER TABLE {rows} ENABLE TRIGGER USER")


def versions_of(record, *columns):
    events = type(record).pgh_event_models["update"].objects.filter(pgh_obj_id=record.pk).order_by("pgh_id")
    return [*events.values_list(*columns)]


def test_versions_that_were_published_directly_say_so_and_the_others_were_verified(officer, verifier, administrator):
    register = directory.get("establishments")
    draft = actions.draft(register, establishment_values(), by=officer)
    decided = actions.verify(actions.submit(draft, by=officer, acknowledged=True), by=verifier, round=1)
    record = Establishment.objects.get(number=decided.record_number)
    actions.publish(register, {"name": "Lain"}, by=administrator, record=record)
    other = actions.publish(register, establishment_values(name="Langsung"), by=administrator)

    for app, name in (("ovop", "0003"), ("zones", "0005"), ("industries", "0012")):
        run_again(app, f"{name}_where_versions_come_from", "origin", "verified")

    assert versions_of(record, "version", "origin") == [(1, "verified"), (2, "direct")]
    assert [*Establishment.objects.order_by("pk").values_list("origin", flat=True)] == ["direct", "direct"]
    assert versions_of(other, "version", "origin") == [(1, "direct")]


def test_public_places_say_how_exact_they_are(administrator):
    register, place = directory.get("establishments"), {"latitude": "-2.6", "longitude": "115.4"}
    record = actions.publish(register, establishment_values(**place), by=administrator)

    run_again("industries", "0013_how_exact_a_public_place_is", "public_point", "")

    assert versions_of(record, "public_point") == [("rounded",)]
    assert Establishment.objects.get().public_point == "rounded"


def test_tasks_that_wait_follow_their_functions_and_go_back_with_them(db):
    migration = import_module("disperin.submissions.migrations.0009_tasks_that_moved")
    waiting = {"args_kwargs": {"args": [0], "kwargs": {}}, "backend_name": "default", "exception_class_path": ""}
    for path in [*migration.MOVED, "disperin.notices.jobs.send_notice"]:
        DBTaskResult.objects.create(task_path=path, **waiting)

    migration.follow(apps, None)

    found = DBTaskResult.objects.all()
    assert {one.task.module_path for one in found} == {*migration.MOVED.values(), "disperin.notices.jobs.send_notice"}
    migration.go_back(apps, None)
    assert {one.task_path for one in found.all()} == {*migration.MOVED, "disperin.notices.jobs.send_notice"}


def test_batches_of_confirmations_are_called_in_no_language_and_those_of_files_by_their_file(officer, administrator):
    register = directory.get("establishments")
    given, origin = establishment_values(), Origin.OLDER_SYSTEM
    actions.publish(register, given, by=administrator, origin=origin)
    batch, _left = batches.confirm_many(register, officer.regency, batches.to_confirm(register, officer), by=officer)
    file = batches.begin_batch(register, officer.regency, by=officer, name="daftar.xlsx")
    neutral = batch.name
    Batch.objects.filter(pk=batch.pk).update(name="Unit usaha dari stok lama")

    name = "0010_batches_of_confirmations_called_in_no_language"
    (change,) = import_module(f"disperin.submissions.migrations.{name}").Migration.operations
    with connection.cursor() as cursor:
        cursor.execute(change.sql)

    names = dict(Batch.objects.values_list("pk", "name"))
    assert names == {batch.pk: neutral, file.pk: "daftar.xlsx"}


def test_products_of_a_running_portal_get_numbers_with_their_versions_and_the_next_is_a_new_one(administrator):
    register = directory.get("establishments")
    maker = actions.publish(
        register, establishment_values(products=[{"name": "Dodol"}, {"name": "Wajik"}]), by=administrator
    )
    numbers = [*maker.products.values_list("number", flat=True)]
    rows, versions = "industries_product", "industries_productevent"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in (rows, versions):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE industries_product SET number = id::text")
        cursor.execute("UPDATE industries_productevent SET number = ''")
        cursor.execute("DELETE FROM registers_counter WHERE prefix = 'PRD'")
        cursor.execute(import_module("industries.migrations.0024_products_have_numbers").NUMBERS_OF_WHAT_IS_THERE)
        cursor.execute(f"ALTER TABLE {rows} ENABLE TRIGGER USER")

    assert [*maker.products.values_list("number", flat=True)] == numbers == ["PRD-6307-000001", "PRD-6307-000002"]
    assert versions_of(maker.products.last(), "number") == [("PRD-6307-000002",)]
    other = actions.publish(register, establishment_values(products=[{"name": "Lempok"}]), by=administrator)
    assert other.products.get().number == "PRD-6307-000003"
