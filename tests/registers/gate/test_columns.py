"""A form says of its fields only what their columns do not."""

from django import forms
from django.utils.text import capfirst

from disperin.attachments.forms import AttachmentField
from disperin.registers.gate.columns import of_column
from disperin.registers.gate.forms import PartForm
from disperin.registers.values.fields import Codes, Day, Decimal, Reference, TextList, WholeNumber
from disperin.registers.values.outline_field import OutlineField
from industries.models import Cluster, Document, Establishment, Product
from tests.registers.each_register import REGISTERS
from zones.models import Milestone, Plot, Zone

FORMS = [form for register in REGISTERS for form in (register.form, *register.form.parts.values())]


def form_of(model, *fields, **said):
    """A form of these columns of a model, and the fields that it says something of."""
    meta = type("Meta", (), {"model": model, "fields": list(fields)})
    return type("SomeForm", (PartForm,), {"Meta": meta, **said})


def test_what_a_column_is_called_and_whether_it_is_needed_is_what_its_field_says():
    for form in FORMS:
        for name, field in form.base_fields.items():
            column = form._meta.model._meta.get_field(name)
            assert capfirst(str(field.label)) == capfirst(str(column.verbose_name)), (form, name)
            assert field.required == (not column.blank and not isinstance(field, forms.BooleanField)), (form, name)


def test_each_kind_of_column_has_its_kind_of_field():
    made = form_of(
        Establishment, "name", "founded_year", "active_since", "latitude", "regency", "cluster", "photo", "commodities",
        "show_on_map", "legal_form",
    ).base_fields  # fmt: skip

    assert {name: type(field) for name, field in made.items()} == {
        "name": forms.CharField, "founded_year": WholeNumber, "active_since": Day, "latitude": Decimal,
        "regency": Reference, "cluster": Reference, "photo": AttachmentField, "commodities": TextList,
        "show_on_map": forms.BooleanField, "legal_form": forms.TypedChoiceField,
    }  # fmt: skip
    assert [type(one) for one in form_of(Plot, "outline").base_fields.values()] == [OutlineField]
    assert (made["regency"].to_field_name, made["cluster"].to_field_name) == (None, "number")
    assert (made["photo"].kind, made["active_since"].help_text) == ("document", "")


def test_bounds_are_the_narrowest_that_the_column_sets_and_its_default_is_what_nobody_enters():
    made = form_of(Product, "yearly_capacity").base_fields["yearly_capacity"]
    share = form_of(Product, "domestic_share").base_fields["domestic_share"]

    assert (made.min_value, made.max_value) == (0, 10**12)
    assert form_of(Milestone, "percent").empty()["percent"] == 0
    assert (share.max_digits, share.decimal_places, share.min_value, share.max_value) == (5, 2, None, None)


def test_what_a_form_says_of_a_field_is_laid_over_what_its_column_says():
    made = form_of(
        Zone, "photo", "districts", "name", photo=of_column(kind="photo"), districts=of_column(Codes)
    ).base_fields
    inherited = type("OtherForm", (form_of(Document, "kind", issued_on=of_column(help_text="Hari")),), {
        "Meta": type("Meta", (), {"model": Document, "fields": ["issued_on"]}),
    })  # fmt: skip

    assert (made["photo"].kind, type(made["districts"]), made["districts"].required) == ("photo", Codes, True)
    assert inherited.base_fields["issued_on"].help_text == "Hari"
    assert type(form_of(Cluster, "name").base_fields["name"]) is forms.CharField
