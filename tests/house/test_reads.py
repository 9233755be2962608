"""No answer that is kept forgets what it was made of: it names every register whose tables were read for it."""

import re
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.urls import resolve

from disperin.registers.lists.caching import A_MINUTE, Kept
from disperin.registers.models import FacetCount, KnownWord
from disperin.registers.record import directory, reference
from disperin.registers.record.revisions import REFERENCE
from tests.house.each_route import address, publish
from tests.house.table_of_rights import TABLE

OF_REGISTERS = {
    model._meta.db_table: register.slug
    for register in directory.all_registers()
    for model in (register.model, *(part._meta.model for part in register.form.parts.values()))
}
BY_REGISTER = {model._meta.db_table for model in (FacetCount, KnownWord)}  # each row says of which one it is
# Of no register by itself: what changes there comes with the revision of one, or is told to nobody who is not known.
ALONGSIDE = ("accounts_", "attachments_", "django_", "registers_")


@pytest.fixture(scope="module")
def world(once, tmp_path_factory):
    """What addresses are made of, as in the table of rights."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        return once(publish)


@contextmanager
def noted():
    """A set of the registers whose tables are read meanwhile, `reference` for regions and code lists."""
    found = set()

    def note(execute, sql, params, many, context):
        for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql):
            if table in OF_REGISTERS:
                found.add(OF_REGISTERS[table])
            elif table in BY_REGISTER:
                found.update({*params} & {*OF_REGISTERS.values()})
            elif not table.startswith(ALONGSIDE):
                found.add(REFERENCE)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def view_at(path):
    """The view of an address, made as for a request."""
    found = resolve(path.partition("?")[0]).func
    made = getattr(found, "view_class", None) or getattr(found, "cls", None)
    return made and made(**getattr(found, "view_initkwargs", None) or getattr(found, "initkwargs", {}))


@pytest.mark.thorough
@pytest.mark.django_db
def test_what_is_kept_for_visitors_names_every_register_that_it_reads(world):
    paths = {address(name, world) for name in TABLE}
    views = {path: view for path in sorted(paths) if isinstance(view := view_at(path), Kept)}
    forgotten, answered = {}, set()

    for path, view in views.items():
        for query in ("", "?q=sasirgan"):
            reference.forget()
            for cache in caches.all():
                cache.clear()
            with noted() as read:
                status = Client().get(path + query).status_code
            answered |= {path} if status == 200 else set()
            if read - {*view.reads} and status == 200:
                forgotten[path + query] = read - {*view.reads}

    assert forgotten == {}
    assert {"/", "/industri/", "/kawasan/peta.json", "/api/v1/products/", "/ovop/statistik/"} <= answered
    assert len(answered) > 40


@pytest.mark.django_db
def test_what_tells_of_records_is_kept_by_browsers_and_proxies_for_a_minute_at_most(world):
    """What an administrator takes down is gone within a minute, wherever an answer was kept on its way."""
    views = [(name, view_at(address(name, world))) for name in TABLE]
    kept = {name: view for name, view in views if isinstance(view, Kept)}

    assert {name for name, view in kept.items() if view.max_age > A_MINUTE and {*view.reads} != {REFERENCE}} == set()
    asked = {"front:record-picture", "front:product-picture", "front:embed-record", "front:feed", "ovop:award-share"}
    for name in asked:
        assert Client().get(address(name, world))["Cache-Control"] == f"public, max-age={A_MINUTE}", name
