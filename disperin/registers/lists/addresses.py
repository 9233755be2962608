"""Where a register and its records stand."""

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.ui.json_ld import trail
from disperin.ui.texts import Text

if TYPE_CHECKING:
    from disperin.registers.lists.views import RecordList


ASKS_APART = "apart"  # the parameter of a file that asks for what stands apart from its register


def record_address(register: Register, number: str) -> str:
    """The page of a record, by the name that every register gives it; "" while there is no number or no page."""
    meta = register.model._meta
    try:
        return reverse(f"{meta.app_label}:{meta.model_name}-detail", args=[number]) if number else ""
    except NoReverseMatch:
        return ""


def list_address(register: Register, *, apart: bool = False) -> str:
    """The address of a register's list, or of what stands apart from it, in the language now active."""
    if apart and register.model.apart:
        return reverse(register.model.apart.list_page)
    meta = register.model._meta
    return reverse(f"{meta.app_label}:{meta.model_name}-list")


def way_to(request: HttpRequest, register: Register, record: Record | None = None) -> SafeString:
    """What search engines read of the way to the list of a register, or on to one of its records."""
    steps: list[tuple[Text, str]] = [(gettext("Home"), reverse("front:home"))]
    steps.append((capfirst(str(register.label)), list_address(register)))
    if record is not None:
        steps.append((str(record), request.path))
    return trail(request, steps)


def table_address(register: Register) -> str:
    """The address of a register's table, for people with an account."""
    return reverse("mydata:table", args=[register.slug])


def list_view(register: Register) -> "type[RecordList]":
    """The view of a register's list."""
    return cast("Any", resolve(list_address(register)).func).view_class
