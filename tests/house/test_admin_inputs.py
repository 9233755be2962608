"""What Django's admin would ask or offer in a way of its own, it asks as the rest of the portal does."""

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.db.models import CharField
from django.forms import Widget
from django.test import RequestFactory

from disperin.ui.admin import Section

OURS = {model: page for model, page in admin.site._registry.items() if hasattr(page, "section")}


@pytest.fixture
def asked(administrator):
    """A request of the administrator."""
    request = RequestFactory().get("/admin/")
    request.user = administrator
    return request


def _inputs(asked) -> dict[str, Widget]:
    """Every input of a new row, by the table and its name; registers bring forms of their own."""
    inputs = {}
    for model, page in OURS.items():
        if page.section != Section.REGISTERS and page.has_add_permission(asked):
            for name, field in page.get_form(asked)().fields.items():
                inputs[f"{model._meta.label}.{name}"] = getattr(field.widget, "widget", field.widget)
    return inputs


@pytest.mark.django_db
def test_every_day_is_typed_as_people_write_it(asked):
    assert [name for name, widget in _inputs(asked).items() if isinstance(widget, AdminDateWidget)] == []


@pytest.mark.django_db
def test_every_box_that_is_searched_has_a_name_while_it_is_empty(asked):
    boxes = {name: one for name, one in _inputs(asked).items() if isinstance(one, AutocompleteSelect)}

    assert boxes
    assert [name for name, one in boxes.items() if not one.build_attrs({})["data-placeholder"]] == []


def test_every_list_is_narrowed_by_words_and_never_by_what_the_machine_keeps():
    narrowed = [
        f"{model._meta.label}.{name}"
        for model, page in OURS.items()
        for name in page.list_filter or ()
        if isinstance(name, str) and isinstance(column := model._meta.get_field(name), CharField) and not column.choices
    ]

    assert narrowed == []
