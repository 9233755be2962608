"""Keep what a table shows under a name, for oneself or for all whose reach is the same."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.mydata.models import FirstView, SavedView
from disperin.registers.record.directory import Register
from disperin.registers.values.kept_texts import unfit_texts
from disperin.registers.values.normal_spelling import one_line

MOST = 50  # views of one person and register
LONGEST = 4_000  # signs of an address
NOT_KEPT = ("cursor", "page", "all")  # of an address: where one stood in the list


@transaction.atomic
def save_view(
    register: Register, query: str, *, name: str, by: User, is_shared: bool = False, is_first: bool = False
) -> SavedView:
    """Keep the query of a table's address under a name. Raises as `change_view`, and ValidationError for too many."""
    asked = QueryDict(query, mutable=True)
    for gone in NOT_KEPT:
        asked.pop(gone, None)
    words = " ".join(text for name, values in asked.lists() for text in (name, *values))
    if problems := unfit_texts({"query": words}, longest=LONGEST):
        raise problems["query"]
    User.objects.select_for_update().get(pk=by.pk)
    if SavedView.objects.filter(owner=by, register=register.slug).count() >= MOST:
        raise ValidationError(_("You have many views of this table. Delete one of them first."), "too_many")
    view = SavedView(owner=by, register=register.slug, query=asked.urlencode())
    return change_view(view, name=name, is_shared=is_shared, is_first=is_first, by=by)


@transaction.atomic
def change_view(view: SavedView, *, name: str, is_shared: bool, is_first: bool, by: User) -> SavedView:
    """Name a view anew, share it or not, see it first or not.

    Raises Refused for whoever it does not belong to or who may not share, ValidationError for a name that is taken.
    """
    _refuse_others(view, by)
    if is_shared and not by.can_share:
        raise Refused(_("Your role reads; it does not share views."))
    name = one_line(name)
    refuse_unfit_texts({"name": name})
    others = SavedView.objects.filter(owner=by, register=view.register, name=name).exclude(pk=view.pk)
    if others.exists():
        params = {"name": name}
        raise ValidationError({"name": ValidationError(_("You have a view “%(name)s” already."), "taken", params)})
    view.name, view.is_shared = name, is_shared
    view.save()
    mine = FirstView.objects.filter(user=by, register=view.register)
    if is_first:
        FirstView.objects.update_or_create({"view": view}, user=by, register=view.register)
    else:
        mine.filter(view=view).delete()
    return view


@transaction.atomic
def remove_view(view: SavedView, *, by: User) -> None:
    """Delete a view; whoever saw it first sees the whole table again."""
    _refuse_others(view, by)
    view.delete()


def _refuse_others(view: SavedView, by: User) -> None:
    if view.owner_id != by.pk:
        raise Refused(_("This view belongs to somebody else."))
