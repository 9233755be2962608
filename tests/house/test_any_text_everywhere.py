"""Whatever stands in the texts of all that is stored, every route answers as the table of rights says: pages, papers,
workbooks, maps, feeds, pictures, cards and API, of registers and of all beside them.
"""

from itertools import count

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelChoiceField
from django.test import override_settings
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disperin.front.feeds import FEEDS
from disperin.registers.gate.forms import rows_of
from disperin.registers.record import directory
from disperin.registers.values.fields import TextList
from disperin.submissions import actions
from disperin.ui.characters import refusal
from tests.budget import examples
from tests.house.each_route import address, an_export
from tests.house.table_of_rights import TABLE
from tests.house.test_rights import answer, client_of
from tests.house.texts_elsewhere import ELSEWHERE, beside, rewrite
from tests.ovop.conftest import KEYS
from tests.registers.each_register import REGISTERS, row_of
from tests.registers.gate.test_any_text import BARE, field_of, places, text_in_turn

WHO = ("visitor", "officer", "verifier")


def enrich(register, record, texts, *, by):
    """Publish the record with whichever of the texts are not refused, in its own fields and one row of each part."""
    texts = dict(texts)
    while texts:
        given = _given(register, record, texts)
        try:
            with transaction.atomic():
                return actions.publish(register, given, by=by, record=record)
        except ValidationError as error:
            paths = [path.split(".") for path in error.error_dict]
            refused = {(path[0] if len(path) > 1 else "", path[-1]) for path in paths}
            if not refused & set(texts):  # nothing but a text can be at fault, and it is named
                raise
            texts = {place: text for place, text in texts.items() if place not in refused}
    return record


def _given(register, record, texts):
    """The texts, among the least values with which each of them may be said."""
    bare, fields = BARE[register.slug](), register.form.base_fields
    given = {name: bare[name] for name in bare.keys() & fields.keys() if not isinstance(fields[name], ModelChoiceField)}
    for (part, name), text in texts.items():
        value = [text] if isinstance(field_of(register, (part, name)), TextList) else text
        if part:
            if part not in given:
                kept = [{"key": str(one.key)} for one in rows_of(register.form.parts[part], record)] or [{}]
                least = bare[part][0] if part in bare else row_of(register, part)
                given[part] = [{**least, **kept[0]}, *kept[1:]]
            given[part][0][name] = value
        else:
            given[name] = value
    return given


def files(world):
    """What one route gives in several forms, or of several registers."""
    for register in directory.all_registers():
        record = world.records[register.model._meta.model_name]
        for kind in ("xlsx", "csv", "geojson") if register.model.point else ("xlsx", "csv"):
            yield reverse("register-export", kwargs={"slug": register.slug, "kind": kind})
        yield reverse("submissions:record-versions", args=[register.slug, record.number])
        yield reverse("mydata:table", args=[register.slug])
        if register.model.audience.is_public:
            yield reverse("front:embed-record", args=[register.slug, record.number])
            yield reverse("front:record-picture", args=[register.slug, record.number, record.version])
    yield from (reverse("front:feed", args=[name]) for name in FEEDS)


def opened(world, who):
    """Every answer that is not as the table says, or whose page took a text for markup."""
    client = client_of(who, world)
    asked = [(name, address(name, world), TABLE[name][who]) for name in sorted(TABLE)]
    if who == "verifier":
        asked += [(path, path, {200, 404}) for path in files(world)]  # a picture that a record lacks is not found
    for name, path, expected in asked:
        for prefix in ("", "/en") if who == "visitor" and not path.startswith(("/api/", "/en/")) else ("",):
            status = answer(client, "get", prefix + path)
            if status not in expected and not (prefix and status == 404):
                yield who, name, status


@pytest.mark.thorough
@pytest.mark.long
@settings(
    max_examples=examples(1, 50), suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate]
)
@given(data=st.data())
def test_every_route_answers_whatever_texts_are_stored(world, data):
    by, turn = world.people["administrator"], count()

    def text(label):
        return data.draw(text_in_turn(turn), label=label)

    for cache in caches.all():  # the revisions of the example before come again
        cache.clear()
    with transaction.atomic(), override_settings(OVOP_SIGNING_KEYS=f"satu={KEYS[1]}"):
        for register in REGISTERS:
            model = register.model
            texts = {place: text(f"{register.slug} {place}") for place in places(register)}
            record = model.objects.get(pk=world.records[model._meta.model_name].pk)
            world.records[model._meta.model_name] = enrich(register, record, texts, by=by)
        world.record, world.export = world.records["establishment"], an_export(world.people["officer"])
        world.product = world.record.products.get()
        beside(world)
        for model, names in ELSEWHERE.items():
            assert model._base_manager.exists(), model  # or nothing of it would be tried
            for name in names:
                said = text(f"{model.__name__} {name}")
                rewrite(model, name, "" if refusal(said) else said)
        wrong = [one for who in WHO for one in opened(world, who)]
        transaction.set_rollback(True)
    assert not wrong, wrong
