"""Every register has all its rooms: form, filter, list, detail, API, admin, factory. The list to work through."""

import pytest
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.urls import NoReverseMatch, resolve, reverse

from disperin.api import router
from disperin.registers.gate.forms import PartForm, RecordForm
from disperin.registers.lists.addresses import list_address
from disperin.registers.lists.filters import RecordFilter
from disperin.registers.lists.views import RecordList
from disperin.registers.models import Part, Record
from disperin.registers.record import directory
from disperin.submissions.admin import RecordAdmin
from disperin.ui.forms import choices_of
from tests import factories

REGISTERS = directory.all_registers()
each_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)


def app_of(register):
    """The app that the register lives in."""
    return register.model._meta.app_label


def viewset_of(register):
    """What the API serves under the register's slug."""
    return next(viewset for prefix, viewset, _basename in router.registry if prefix == register.slug)


def listed(register):
    """The view of the list, as its address asks it."""
    found = resolve(reverse(f"{app_of(register)}:{register.model._meta.model_name}-list")).func
    return found.view_class(**found.view_initkwargs)


@each_register
def test_its_model_is_a_record_and_its_form_the_gate_to_it(register):
    assert issubclass(register.model, Record)
    assert issubclass(register.form, RecordForm)
    assert register.form._meta.model is register.model


@each_register
def test_its_parts_are_parts_of_its_record(register):
    for form in register.form.parts.values():
        part = form._meta.model
        assert issubclass(form, PartForm)
        assert issubclass(part, Part)
        assert part._meta.get_field(part.parent).related_model is register.model


@each_register
def test_it_is_entered_through_fields_that_exist_and_every_field_has_a_place_on_the_page(register):
    placed = [name for _section, names in register.form.sections for name in names]

    assert sorted(placed) == sorted(register.form.base_fields)
    for form in (register.form, *register.form.parts.values()):
        for name, one in form.asked_if.items():
            assert {name, *one.fields} <= form.base_fields.keys()
            assert {*one.values} <= {str(key) for key in choices_of(form.base_fields[one.fields[0]])}
    for name, one in register.form.parts_asked_if.items():
        assert name in register.form.parts
        assert {*one.fields} <= register.form.base_fields.keys()
        assert {*one.values} <= {str(key) for key in choices_of(register.form.base_fields[one.fields[0]])}


@each_register
def test_every_constraint_that_can_be_violated_tells_a_field(register):
    for name in register.model.field_of_constraint.values():
        try:
            register.model._meta.get_field(name)
        except FieldDoesNotExist:
            pytest.fail(f"{register.slug}: field_of_constraint names {name}, which is no field")


@each_register
def test_page_and_api_are_narrowed_by_the_same_filter(register):
    page = listed(register)
    found = viewset_of(register).filterset_class

    assert issubclass(found, RecordFilter)
    assert found._meta.model is register.model
    assert page.filterset_class is found


@each_register
def test_it_has_pages(register):
    name = f"{app_of(register)}:{register.model._meta.model_name}"

    assert reverse(f"{name}-list")
    assert reverse(f"{name}-detail", args=["XXX-6307-000001"])


@each_register
def test_it_has_a_map_where_its_records_have_a_place(register):
    name = f"{app_of(register)}:{register.model._meta.model_name}-map"

    if register.model.point:
        assert issubclass(resolve(reverse(name)).func.view_initkwargs["listed"], RecordList)
    else:
        with pytest.raises(NoReverseMatch):
            reverse(name)


@each_register
def test_it_is_served_by_the_api_under_its_slug(register):
    assert viewset_of(register).model is register.model


@each_register
def test_administrators_publish_it_through_the_same_door(register):
    assert isinstance(admin.site._registry[register.model], RecordAdmin)


@each_register
def test_tests_can_make_one(register):
    assert register.slug in factories.RECORDS


@each_register
@pytest.mark.django_db
def test_its_list_stands_in_the_menu_of_the_office(register, administrator, signed_in):
    page = signed_in(administrator).get(reverse("notices:list")).content.decode()
    menu = page[page.index('class="rail-nav"') :]

    assert f'href="{list_address(register)}"' in menu[: menu.index("</nav>")]


@each_register
@pytest.mark.django_db
def test_its_records_have_a_name_and_are_searched_by_words(register):
    found = listed(register).filterset_class({"q": "kain"}, queryset=register.model.objects.all())

    assert hasattr(register.model, "name")
    assert "LIKE" in str(found.qs.query)


def test_no_two_registers_share_a_slug_or_a_prefix():
    prefixes = [register.model.prefix for register in REGISTERS]

    assert len(set(prefixes)) == len(prefixes)
    assert len({register.slug for register in REGISTERS}) == len(REGISTERS)
