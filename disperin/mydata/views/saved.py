"""`/data/tampilan/<id>/`: a view of one's own, to be named anew, shared, seen first, or deleted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.mydata import actions
from disperin.mydata.forms import ViewForm
from disperin.mydata.models import FirstView, SavedView
from disperin.registers.lists.addresses import table_address


class ViewPage(Desk):
    """One saved view of whoever asks."""

    def get(self, request: UserRequest, pk: int) -> HttpResponse:
        view = self._view(pk)
        is_first = FirstView.objects.filter(user=request.user, view=view).exists()
        held = {"name": view.name, "is_shared": view.is_shared, "is_first": is_first}
        return self._page(view, ViewForm(by=request.user, initial=held))

    def post(self, request: UserRequest, pk: int) -> HttpResponse:
        view = self._view(pk)
        if "remove" in request.POST:
            actions.remove_view(view, by=request.user)
            messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
            return redirect(table_address(view.target) if view.target else "mydata:registers")
        if view.target is None:
            return self._page(view, ViewForm(by=request.user), status=409)
        form = ViewForm(request.POST, by=request.user)
        if form.is_valid():
            try:
                actions.change_view(view, by=request.user, **{"is_shared": False, **form.cleaned_data})
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
                return redirect(view)
        return self._page(view, form, status=400)

    def _view(self, pk: int) -> SavedView:
        return get_object_or_404(SavedView, owner=self.request.user, pk=pk)

    def _page(self, view: SavedView, form: ViewForm, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {"view": view, "form": form, "register": view.target}
        if view.target:
            context["back_url"] = table_address(view.target)
        return render(self.request, "mydata/view.html", context, status=status)
