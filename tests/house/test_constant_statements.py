"""No list asks the database more often because more stands in it: every page and resource that is about no one row."""

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.house.each_route import address, arguments, one_of_each, publish
from tests.house.table_of_rights import TABLE

MORE = 2  # rows of everything, beside the first
# What lists nothing and takes long: descriptions, forms to fill in, maps, for which the lists beside them stand.
NO_LISTS = ("api-schema", "register-template", "workbooks:template", "front:components", "-map", "-map-picture")

LONGER = {  # lists of which it would not be noticed by their number that nothing stands in them
    "submissions:inbox", "mydata:table", "inquiries:list", "batch-list", "lacktask-list", "assistance:assistance-list",
    "assistance:never-helped", "assistance:report", "commitments:commitment-list", "commitments:forum-list",
    "coverage:lists", "industries:cluster-list", "letters:list", "outsideline-list",
    "outsidelist-list", "outsidetask-list", "planning:economy", "planning:indicator-list", "planning:units",
    "reports:obliged", "reports:quarterlyreport-list", "supervision:inspection-list",
}  # fmt: skip
QUERIES = {"assistance:report": "?year=2026", "reports:obliged": "?year=2025&quarter=TW4"}


@pytest.fixture(scope="module")
def world(once, tmp_path_factory):
    """A row of everything, as in the table of rights."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        return once(publish)


def lists(world, who):
    """The address of every route that names no row of its own and that somebody may read, by its name."""
    registers = ({}, {"slug": "establishments"})
    return {
        name: address(name, world) + QUERIES.get(name, "")
        for name, may in TABLE.items()
        if may[who] == {200} and arguments(name, world) in registers and not name.endswith(NO_LISTS)
    }


def statements(paths, client):
    """How many statements an answer takes and how long it is, by the name of its route; nothing is kept before it."""
    asked = {}
    for name, path in paths.items():
        for cache in caches.all():
            cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
            content = b"".join(answer)
        assert answer.status_code == 200, path
        asked[name] = len(queries), len(content)
    return asked


def with_more(world, paths, client):
    """The same with more rows of everything, which are gone afterwards."""
    people = [world.people[who] for who in ("officer", "verifier", "administrator")]
    with transaction.atomic():
        for _time in range(MORE):
            one_of_each(*people)
        asked = statements(paths, client)
        transaction.set_rollback(True)
    return asked


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["verifier", "officer"])
def test_no_list_asks_more_often_for_three_rows_than_for_one(who, world, settings, tmp_path):
    """An officer is asked of too: within one regency lists are put together otherwise."""
    settings.MEDIA_ROOT = tmp_path
    client, paths = Client(), lists(world, who)
    client.force_login(world.people[who], backend="django.contrib.auth.backends.ModelBackend")

    many, few = with_more(world, paths, client), statements(paths, client)
    grown = {name: paths[name] for name in paths if many[name][0] > few[name][0]}  # the first warms up, too
    again = with_more(world, grown, client) if grown else {}
    longer = {name for name in paths if many[name][1] > few[name][1] + 100}  # something more is listed there

    assert {paths[name]: (few[name][0], again[name][0]) for name in grown if again[name][0] > few[name][0]} == {}
    assert longer >= LONGER
    assert len(longer) > 60
