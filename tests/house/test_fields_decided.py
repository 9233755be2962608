"""Every field of every record and part says once who may see it, and what is read publicly is public."""

from itertools import chain

import pytest
from rest_framework.serializers import BaseSerializer

from disperin.api import router
from disperin.registers import directory
from disperin.registers.api import ReadingViewSet, RecordViewSet

REGISTERS = directory.all_registers()
MODELS = {model for one in REGISTERS for model in (one.model, *(part._meta.model for part in one.form.parts.values()))}
each_model = pytest.mark.parametrize(
    "model", sorted(MODELS, key=lambda one: one.__name__), ids=lambda one: one.__name__
)
# The record's key in the database tells nothing beyond its number, and answers of the API carry it.
TOLD_ANYWAY = {"id"}
# What a queryset works out, and of which columns.
WORKED_OUT = {"stands": ("state", "valid_until")}

# What the office alone reads; that visitors get no answer is asked below and of every route in test_rights.
INSIDE = {
    viewset
    for _prefix, viewset, _basename in router.registry
    if issubclass(viewset, RecordViewSet) and not viewset.model.audience.is_public
}


def said_about(model):
    """Every name in the model's audience, with repetitions."""
    return [*model.audience.public, *model.audience.inside, *model.audience.masked]


def serializers_of_the_api():
    """Every serializer that a resource of the API answers visitors with, sorted by name."""
    found = {
        getattr(viewset, name)
        for _prefix, viewset, _basename in router.registry
        if issubclass(viewset, ReadingViewSet) and viewset not in INSIDE
        for name in ("row_serializer_class", "serializer_class")
    }
    return sorted(found, key=lambda one: one.__name__)


@each_model
def test_every_field_has_exactly_one_audience(model):
    fields = sorted(field.name for field in model._meta.concrete_fields)

    assert sorted(said_about(model)) == fields


@each_model
def test_no_model_hides_rows_in_a_table_without_history(model):
    assert [field.name for field in model._meta.many_to_many] == []


each_serializer = pytest.mark.parametrize("serializer", serializers_of_the_api(), ids=lambda one: one.__name__)


@each_serializer
def test_the_api_answers_visitors_with_public_fields_only(serializer):
    for column in chain.from_iterable(WORKED_OUT.get(one, (one,)) for one in serializer.columns()):
        model = serializer.Meta.model
        for name in column.split("__"):
            if not hasattr(model, "audience"):
                break  # a code list or a region: all of it is public
            field = model._meta.get_field(name)
            # a part leads to its own record, whose fields are then asked about
            is_public = field.name in model.audience.public or field.name in TOLD_ANYWAY
            assert is_public or field.name == getattr(model, "parent", ""), f"{column}: {model.__name__}.{field.name}"
            model = field.related_model


@each_serializer
def test_what_stands_inside_is_a_block_of_its_own(serializer):
    nested = {name: one for name, one in serializer().fields.items() if isinstance(one, BaseSerializer)}

    assert "inside" not in nested or not nested["inside"].required


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
def test_lists_are_narrowed_by_public_fields_only(register):
    columns = [column.removesuffix("_id") for column in register.model.facets.values()]
    audience = register.model.audience

    assert set(columns) <= set(audience.public if audience.is_public else audience.inside)


def test_a_register_is_read_inside_only_with_all_its_parts():
    for register in REGISTERS:
        if not register.model.audience.is_public:
            parts = [part._meta.model for part in register.form.parts.values()]
            assert [part for part in parts if part.audience.is_public] == []
