"""Every field of every record and part says once who may see it, and what is read publicly is public."""

from itertools import chain

from rest_framework.serializers import BaseSerializer

from disperin.api import router
from disperin.registers.api.serializers import RecordSerializer
from disperin.registers.api.viewsets import ReadingViewSet, RecordViewSet
from disperin.registers.record import directory
from disperin.registers.record.withholding import Hideable
from industries.models import Cluster, GreenCertification
from ovop.models import Award

REGISTERS = directory.all_registers()
MODELS = {model for one in REGISTERS for model in (one.model, *(part._meta.model for part in one.form.parts.values()))}
# The record's key in the database tells nothing beyond its number, and answers of the API carry it.
TOLD_ANYWAY = {"id"}
# What is hidden from the public is kept in these; no column of an answer leads to them.
KEPT_ASIDE = {field.name for field in Hideable._meta.local_fields}
# What a queryset works out, and of which columns.
WORKED_OUT = {
    (Award, "stands"): ("state", "valid_until"),
    (GreenCertification, "stands"): ("issued_on", "valid_until", "revoked_on"),  # of one that visitors may know of
    (Cluster, "members"): (),
    (Cluster, "map_point"): (),
}

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
    """Every serializer that a resource of the API answers visitors with, those of parts too, sorted by name."""
    found = {
        getattr(viewset, name)
        for _prefix, viewset, _basename in router.registry
        if issubclass(viewset, ReadingViewSet) and viewset not in INSIDE
        for name in ("row_serializer_class", "serializer_class")
    }
    found |= {part for one in found if issubclass(one, RecordSerializer) for part in one.parts().values()}
    return sorted(found, key=lambda one: one.__name__)


def test_what_may_say_something_of_a_person_can_be_erased():
    telling = {"owner_name", "phone", "email", "address", "latitude", "npwp", "photo", "file", "responsible"}
    erased = {model: [name for group in model.audience.personal for name in group] for model in MODELS}
    own = {model: {field.name for field in model._meta.concrete_fields} for model in MODELS}

    for model, names in erased.items():
        assert len({*names}) == len(names), model
        assert {*names} <= own[model], model
    of_nobody = {("zone", "latitude"), ("zonedocument", "file")}  # a zone is no person, and its papers are public
    missing = {(model._meta.model_name, name) for model in MODELS for name in telling & own[model] - {*erased[model]}}
    assert missing - of_nobody == set()


def test_every_field_has_exactly_one_audience():
    fields = {model: sorted({field.name for field in model._meta.concrete_fields} - KEPT_ASIDE) for model in MODELS}

    assert {model: sorted(said_about(model)) for model in MODELS} == fields


def test_no_model_hides_rows_in_a_table_without_history():
    assert {model: model._meta.many_to_many for model in MODELS if model._meta.many_to_many} == {}


def inside_of(serializer):
    """The columns of an answer that lead through a field which is not public, each with that field."""
    found, of = [], serializer.Meta.model
    for column in chain.from_iterable(WORKED_OUT.get((of, one), (one,)) for one in serializer.columns()):
        model = of
        for name in column.split("__"):
            if not hasattr(model, "audience"):
                break  # a code list or a region: all of it is public
            field = model._meta.get_field(name)
            # a part leads to its own record, whose fields are then asked about
            is_public = field.name in model.audience.public or field.name in TOLD_ANYWAY
            if not is_public and field.name != getattr(model, "parent", ""):
                found.append(f"{column}: {model.__name__}.{field.name}")
            model = field.related_model
    return found


def test_the_api_answers_visitors_with_public_fields_only():
    found = {one.__name__: inside_of(one) for one in serializers_of_the_api()}

    assert {name: columns for name, columns in found.items() if columns} == {}


def test_what_stands_inside_is_a_block_of_its_own():
    blocks = {one.__name__: one().fields.get("inside") for one in serializers_of_the_api()}
    nested = {name: block for name, block in blocks.items() if isinstance(block, BaseSerializer)}

    assert {name for name, block in nested.items() if block.required} == set()


def test_lists_are_narrowed_by_public_fields_only():
    for register in REGISTERS:
        columns = {column.removesuffix("_id") for column in register.model.facets.values()}
        audience = register.model.audience

        assert columns - set(audience.public if audience.is_public else audience.inside) == set(), register.slug


def test_a_register_is_read_inside_only_with_all_its_parts():
    for register in REGISTERS:
        if not register.model.audience.is_public:
            parts = [part._meta.model for part in register.form.parts.values()]
            assert [part for part in parts if part.audience.is_public] == []
